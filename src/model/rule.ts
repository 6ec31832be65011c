/**
 * Access rules as plain data: what the three enforcers, the oracle and the
 * generated files share. A rule is written with the kit's algebra; columns and
 * tables stand here by their names in SQL.
 *
 * ## What a rule means
 *
 * A rule is asked of one row and one principal, and is **true**, **false** or
 * **unknown**, as in SQL; only true allows. `not` keeps unknown unknown.
 *
 * - A comparison or list with a NULL column is unknown. A list compares NULL with
 *   nothing, so even "in an empty list" is unknown there.
 * - A claim that the principal does not have, or that is not of its declared
 *   form, makes its comparison, list or role unknown: neither the rule nor its
 *   negation lets anybody in because something is missing. An empty list is a
 *   value: nothing is in it, and `not` of that is true.
 * - `null` and `authenticated` are never unknown.
 * - `exists` is true where some row of the other table is joined and its rule is
 *   true for it. Otherwise it is unknown if its rule, at any depth, asks for a
 *   claim that the principal does not have (in a comparison, a list or a role;
 *   `authenticated` asks for none), and false if it does not. A NULL joins nothing.
 * - `exists` over `visible` rows is shorthand for `and(rule, read)` over raw ones,
 *   with the other table's own `read`; `can` is one over raw rows with the other
 *   table's `read`, its `insert`, `and(read, update.from)` or `and(read, delete)`.
 * - What is asked of a new row (`insert`, `update.to`, and `read` of what an update
 *   leaves) sees the tables as they were before the write, as Postgres does: a row
 *   cannot be the proof that it may be written.
 * - `and` without rules is true, `or` without rules is false.
 */
export type Rule =
  | { readonly op: 'anyone' }
  | { readonly op: 'nobody' }
  /** The claim `roles` holds the word. */
  | { readonly op: 'role'; readonly role: string }
  /** The claim `sub` is there. */
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

/** How a column is compared. Order is that of bytes for text, of time for moments. */
export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** What a principal may do with a row. */
export type Operation = 'read' | 'insert' | 'update' | 'delete';

/** Equal columns of the other table (`other`) and of the rule's own (`own`), and what they hold. */
export type Join = readonly {
  readonly other: string;
  readonly own: string;
  readonly type?: Scalar;
}[];

/**
 * The kinds of values that mean the same in Postgres, Zero and JavaScript. An enum is
 * compared with its own labels and for equality only: each place orders it otherwise.
 */
export type Scalar = 'uuid' | 'text' | 'integer' | 'boolean' | 'moment' | 'enum';

/** A value in a rule; a moment is milliseconds since 1970, a uuid is in lower case. */
export interface Literal {
  readonly literal: string | number | boolean;
  readonly type: Scalar;
}

export interface LiteralList {
  readonly literals: readonly (string | number | boolean)[];
  readonly type: Scalar;
}

/** A value that the principal brings: a scalar in `compare`, a list in `in`. */
export interface ClaimValue {
  readonly claim: string;
  readonly type: Scalar;
}

/** What a principal is known by: the payload of a token. Only declared claims are looked at. */
export type Claims = Readonly<Record<string, unknown>>;

/** The form of a claim. A claim of another form counts as missing. */
export type ClaimType =
  /** A string of 8-4-4-4-12 hexadecimal digits, in any case; compared in lower case. */
  | 'uuid'
  /** A string without NUL characters and lone surrogates, as Postgres can hold it. */
  | 'text'
  /** A JSON number that is whole and at most 2^53 - 1 either way. */
  | 'integer'
  | 'boolean'
  /** A list; one element of another form makes the whole list count as missing. */
  | 'uuid[]'
  | 'text[]'
  | 'integer[]';

/** A claim that rules may ask for. */
export interface ClaimDeclaration {
  readonly type: ClaimType;
  /** Where it stands in the token: `['app_metadata', 'organisations']`. */
  readonly path: readonly string[];
}

/** The rules of one table. */
export interface TableRules {
  /** As in SQL: `packages`, or `billing.invoices` outside of public. */
  readonly table: string;
  readonly key: readonly string[];
  /** The columns that rules may ask about, and what they hold. */
  readonly columns: Readonly<Record<string, Scalar>>;
  readonly read: Rule;
  /** Asked of the new row. */
  readonly insert: Rule;
  /**
   * `from` is asked of the row before, `to` of the row after. Both rows must also
   * be readable: an update that leads out of the principal's sight is refused, as
   * Postgres refuses it.
   */
  readonly update: { readonly from: Rule; readonly to: Rule };
  /** Asked of the row before, which must also be readable. */
  readonly delete: Rule;
  /** Columns that no update may change. The key is always among them. */
  readonly immutable: readonly string[];
  /** Columns that no principal may write or see. */
  readonly serverOnly?: readonly string[];
}

/** All rules of a schema. A table that is not here is nobody's. */
export interface AccessRules {
  /** Always has `sub` (uuid or text) and `roles` (text[]). */
  readonly claims: Readonly<Record<string, ClaimDeclaration>>;
  readonly tables: Readonly<Record<string, TableRules>>;
}
