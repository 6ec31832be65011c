/**
 * Access rules as plain data, shared by the three enforcers, the oracle and the generated
 * files. Rules are written with the kit's algebra. Columns and tables are identified by
 * their names in SQL.
 *
 * ## What a rule means
 *
 * A rule is evaluated for one row and one principal. The result is **true**, **false** or
 * **unknown**, as in SQL; only true allows. `not` of unknown is unknown.
 *
 * - A comparison or list with a NULL column is unknown, even with an empty list.
 * - A claim is missing if it is absent or its value does not have the declared type. A
 *   missing claim makes the comparison, list or role unknown, so neither the rule nor its
 *   negation allows access. An empty list is a value: no element is in it, and `not` of
 *   that is true.
 * - `null` and `authenticated` are never unknown.
 * - `exists` is true if its rule is true for some joined row of the other table. If no row
 *   satisfies the rule, the result is unknown if the rule, at any depth, reads a claim that
 *   the principal lacks, and false otherwise. Comparisons, lists and roles read claims;
 *   `authenticated` does not. NULL joins no row.
 * - `exists` over `visible` rows is shorthand for `and(rule, read)` over raw rows, with the
 *   other table's `read`. `can` is an `exists` over raw rows with the other table's `read`,
 *   `insert`, `and(read, update.from)` or `and(read, delete)`.
 * - Checks of a new row (`insert`, `update.to`, and `read` of an updated row) see the
 *   tables as they were before the write, as in Postgres: a row cannot authorize its own
 *   write.
 * - `and` without rules is true, `or` without rules is false.
 */
export type Rule =
  | { readonly op: 'anyone' }
  | { readonly op: 'nobody' }
  /** The claim `roles` contains the role. */
  | { readonly op: 'role'; readonly role: string }
  /** The claim `sub` is present. */
  | { readonly op: 'authenticated' }
  | {
      readonly op: 'compare';
      readonly column: string;
      readonly with: Comparison;
      readonly value: Literal | ClaimValue;
    }
  | {
      readonly op: 'in';
      readonly column: string;
      readonly values: LiteralList | ClaimValue;
    }
  | { readonly op: 'null'; readonly column: string }
  | { readonly op: 'and' | 'or'; readonly rules: readonly Rule[] }
  | { readonly op: 'not'; readonly rule: Rule }
  | {
      readonly op: 'exists';
      readonly table: string;
      readonly on: Join;
      readonly rule: Rule;
      readonly rows: 'raw' | 'visible';
    }
  | {
      readonly op: 'can';
      readonly table: string;
      readonly on: Join;
      readonly operation: Operation;
    };

/** Comparison operator. Text is ordered by its bytes, moments by time. */
export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** An operation on a row. */
export type Operation = 'read' | 'insert' | 'update' | 'delete';

/** Pairs of equal columns of the other table (`other`) and the rule's own table (`own`), with their type. */
export type Join = readonly {
  readonly other: string;
  readonly own: string;
  readonly type?: Scalar;
}[];

/**
 * Types whose values compare the same in Postgres, Zero and JavaScript. An enum is
 * compared only with its own labels and only for equality, because its order differs.
 */
export type Scalar = 'uuid' | 'text' | 'integer' | 'boolean' | 'moment' | 'enum';

/** A value in a rule. A moment is in milliseconds since 1970, a uuid in lower case. */
export interface Literal {
  readonly literal: string | number | boolean;
  readonly type: Scalar;
}

export interface LiteralList {
  readonly literals: readonly (string | number | boolean)[];
  readonly type: Scalar;
}

/** A value from the principal's claims: a scalar in `compare`, a list in `in`. */
export interface ClaimValue {
  readonly claim: string;
  readonly type: Scalar;
}

/** The claims of a principal: the payload of a token. Only declared claims are read. */
export type Claims = Readonly<Record<string, unknown>>;

/** Type of a claim. A value of any other type counts as missing. */
export type ClaimType =
  /** A string of 8-4-4-4-12 hexadecimal digits, in any case; compared in lower case. */
  | 'uuid'
  /** A string without NUL characters and lone surrogates, which Postgres cannot store. */
  | 'text'
  /** A whole JSON number from -(2^53 - 1) to 2^53 - 1. */
  | 'integer'
  | 'boolean'
  /** A list. If one element has a different type, the whole list counts as missing. */
  | 'uuid[]'
  | 'text[]'
  | 'integer[]';

/** Declaration of a claim that rules may read. */
export interface ClaimDeclaration {
  readonly type: ClaimType;
  /** Path in the token: `['app_metadata', 'organisations']`. */
  readonly path: readonly string[];
}

/** The rules of one table. */
export interface TableRules {
  /** The table's id: `packages`, or `billing.invoices` outside `public`. */
  readonly table: string;
  readonly key: readonly string[];
  /** The columns that rules may test, with their types. */
  readonly columns: Readonly<Record<string, Scalar>>;
  readonly read: Rule;
  /** Checked on the new row. */
  readonly insert: Rule;
  /**
   * `from` is checked on the old row, `to` on the new row. Both rows must also be
   * readable: as in Postgres, an update whose new row is not readable is refused.
   */
  readonly update: { readonly from: Rule; readonly to: Rule };
  /** Checked on the old row, which must also be readable. */
  readonly delete: Rule;
  /** Columns that no update may change. Always includes the key. */
  readonly immutable: readonly string[];
  /** Columns that no principal may write or see. */
  readonly serverOnly?: readonly string[];
}

/** All rules of a schema. A table without rules is closed to every principal. */
export interface AccessRules {
  /** Always has `sub` (uuid or text) and `roles` (text[]). */
  readonly claims: Readonly<Record<string, ClaimDeclaration>>;
  readonly tables: Readonly<Record<string, TableRules>>;
}
