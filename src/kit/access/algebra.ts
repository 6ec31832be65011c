import { getTableColumns, getTableName, type Column } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Join as JoinPairs, Operation, Rule } from '../../model/rule.ts';
import { qualifiedName, splitTableId } from '../../model/table-id.ts';
import { ProblemError } from '../../report/problem.ts';
import { placeOf, type Holding } from '../column.ts';
import type { Claim, ListClaim } from './claims.ts';
import {
  claimValue,
  comparableScalar,
  literalOf,
  refuse,
  refuseUnsynced,
} from './portable-value.ts';
import { refuseNoTable } from './refuse-misuse.ts';
import { refuseOuter, refuseWrongTable, idOf, withOrigin, wrongTable } from './rule-origin.ts';

/** Values that a rule may compare with the column; all scalars if Drizzle has lost the column's type. */
type Value<C extends AnyPgColumn> = unknown extends C['_']['data']
  ? string | number | boolean | Date
  : C['_']['data'] & (string | number | boolean | Date);

/** Allows every principal, including anonymous ones. */
export const anyone: Rule = { op: 'anyone' };

/** Denies every principal. The default of an operation without a rule. */
export const nobody: Rule = { op: 'nobody' };

/** The principal has an identity: the claim `sub` is present. */
export const authenticated: Rule = { op: 'authenticated' };

/** The claim `roles` contains the name. Roles come from the identity provider, never from a column. */
export function role(name: string): Rule {
  if (!name) throw empty('role() has no name', "name it: role('admin').");
  return { op: 'role', role: name };
}

/** The principal owns the row: the column equals the claim `sub`. */
export function owner<C extends AnyPgColumn>(column: C): Rule {
  const type = comparableScalar(column, 'owner');
  if (type !== 'uuid' && type !== 'text')
    refuse(column, 'owner', 'an owner is a uuid or text', 'compare another column.');
  return withOrigin(
    { op: 'compare', column: column.name, with: '=', value: { claim: 'sub', type } },
    { column },
  );
}

/** The column equals the value or the claim. */
export function eq<C extends AnyPgColumn>(column: C, value: Value<C> | Claim<Value<C>>): Rule {
  return compare(column, 'eq', value);
}

/** The column differs from the value or the claim. As in SQL, a comparison with NULL is unknown. */
export function ne<C extends AnyPgColumn>(column: C, value: Value<C> | Claim<Value<C>>): Rule {
  return compare(column, 'ne', value);
}

/** The column is less than the value or the claim. */
export function lt<C extends AnyPgColumn>(column: C, value: Value<C> | Claim<Value<C>>): Rule {
  return compare(column, 'lt', value);
}

/** The column is at most the value or the claim. */
export function lte<C extends AnyPgColumn>(column: C, value: Value<C> | Claim<Value<C>>): Rule {
  return compare(column, 'lte', value);
}

/** The column is greater than the value or the claim. */
export function gt<C extends AnyPgColumn>(column: C, value: Value<C> | Claim<Value<C>>): Rule {
  return compare(column, 'gt', value);
}

/** The column is at least the value or the claim. */
export function gte<C extends AnyPgColumn>(column: C, value: Value<C> | Claim<Value<C>>): Rule {
  return compare(column, 'gte', value);
}

/** The column is one of the values, or an element of the claim's list. */
export function inList<C extends AnyPgColumn>(
  column: C,
  values: readonly Value<C>[] | ListClaim<Value<C>>,
): Rule {
  const type = comparableScalar(column, 'inList');
  const { name } = column;
  if (isClaim<ListClaim<Value<C>>>(values)) {
    const claim = claimValue(column, 'inList', values, { type, list: true });
    const { declaration } = values;
    return withOrigin({ op: 'in', column: name, values: claim }, { column, declaration });
  }
  if (!Array.isArray(values)) {
    const fix = `pass a list of values${values === undefined ? ', or a claim that is declared in defineAccess({ claims })' : ''}.`;
    return refuse(column, 'inList', `${String(values)} is not a list`, fix);
  }
  const list: readonly unknown[] = values;
  const literals = list.map((value) => literalOf(column, 'inList', type, value).literal);
  return withOrigin({ op: 'in', column: name, values: { literals, type } }, { column });
}

/** The column is NULL. */
export function isNull(column: AnyPgColumn): Rule {
  refuseUnsynced(column);
  return withOrigin({ op: 'null', column: column.name }, { column });
}

/** The row is not soft-deleted. Accepts the columns of the table or of an `exists` callback. */
export function notDeleted(columns: { readonly deletedAt: AnyPgColumn }): Rule {
  return isNull(columns.deletedAt);
}

/** All of the rules. */
export function and(...rules: readonly [Rule, ...Rule[]]): Rule {
  return { op: 'and', rules: rules.map((rule) => given(rule, 'and()')) };
}

/** Any of the rules. */
export function or(...rules: readonly [Rule, ...Rule[]]): Rule {
  return { op: 'or', rules: rules.map((rule) => given(rule, 'or()')) };
}

/** The rule is false. An unknown result, from a NULL or a missing claim, remains unknown. */
export function not(rule: Rule): Rule {
  return { op: 'not', rule: given(rule, 'not()') };
}

/** Columns of the other table, each with the column of this table that it equals. */
export type JoinInput<Other extends PgTable> = {
  readonly [Key in keyof Other['_']['columns']]?: AnyPgColumn;
};

/** A join whose columns hold the same data, as far as Drizzle keeps their types. */
export type MatchingJoin<Other extends PgTable, Join> = {
  readonly [Key in keyof Join]: Key extends keyof Other['_']['columns']
    ? Join[Key] extends AnyPgColumn
      ? Holding<Join[Key], Other['_']['columns'][Key]['_']['data']>
      : never
    : never;
};

/**
 * A joined row of the other table satisfies the rule. `raw`, the default, considers
 * all rows; `visible` considers only rows that the principal may read.
 *
 * @example
 * exists(() => packages, { id: t.packageId }, (p) => notDeleted(p))
 */
export function exists<Other extends PgTable, const Join extends JoinInput<Other>>(
  table: () => Other,
  join: Join & MatchingJoin<Other, Join>,
  rule: (columns: Other['_']['columns']) => Rule = () => anyone,
  options: { readonly rows?: 'raw' | 'visible' } = {},
): Rule {
  refuseNoTable(table, 'exists');
  const other = table();
  const place = `exists() over ${idOf(other)}`;
  const joined = joinOf(other, join, 'exists');
  const inner = given(rule(getTableColumns(other) as Other['_']['columns']), place);
  refuseWrongTable(other, inner, place);
  refuseOuter(inner, place);
  const { rows = 'raw' } = options;
  return withOrigin(
    { op: 'exists', table: idOf(other), on: joined.on, rule: inner, rows },
    { column: joined.column },
  );
}

/**
 * The principal may perform the operation on a joined row of the other table,
 * according to that table's own rules.
 *
 * @example
 * can(() => projects, { id: t.projectId }, 'update')
 */
export function can<Other extends PgTable, const Join extends JoinInput<Other>>(
  table: () => Other,
  join: Join & MatchingJoin<Other, Join>,
  operation: Operation,
): Rule {
  refuseNoTable(table, 'can');
  const other = table();
  const joined = joinOf(other, join, 'can');
  return withOrigin(
    { op: 'can', table: idOf(other), on: joined.on, operation },
    { column: joined.column },
  );
}

const OPERATORS = { eq: '=', ne: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

function compare<C extends AnyPgColumn>(
  column: C,
  operation: keyof typeof OPERATORS,
  value: Value<C> | Claim<Value<C>>,
): Rule {
  const operator = OPERATORS[operation];
  const type = comparableScalar(column, operation, operator);
  const claim = isClaim<Claim<Value<C>>>(value) ? value : undefined;
  const operand = claim
    ? claimValue(column, operation, claim, { type, list: false })
    : literalOf(column, operation, type, value);
  return withOrigin(
    { op: 'compare', column: column.name, with: operator, value: operand },
    { column, declaration: claim?.declaration },
  );
}

function isClaim<C extends Claim<unknown> | ListClaim<unknown>>(value: unknown): value is C {
  return typeof value === 'object' && value !== null && 'declaration' in value;
}

/** Plain JavaScript can pass `undefined`, which the types rule out. */
function given(rule: Rule | undefined, place: string): Rule {
  if (!rule) throw empty(`${place} has an undefined part`, 'replace it with a rule.');
  return rule;
}

function empty(what: string, fix: string): ProblemError {
  return new ProblemError({ code: 'access/empty', message: `${what}.`, fix });
}

/** The join, and one of its own columns. All own columns belong to the same table. */
function joinOf(
  other: PgTable,
  join: object,
  operation: 'exists' | 'can',
): { readonly on: JoinPairs; readonly column: Column } {
  const place = `${operation}() over ${idOf(other)}`;
  const columns: Record<string, Column> = getTableColumns(other);
  const pairs = Object.entries(join as Record<string, AnyPgColumn | undefined>);
  const first = pairs[0]?.[1];
  const on = pairs.map(([key, own]) => {
    if (!own || !first) throw noJoin(other, place);
    const target = columns[key];
    if (!target) {
      return refuse(
        own,
        operation,
        `${getTableName(other)} has no column "${key}"`,
        `use one of ${Object.keys(columns).join(', ')}.`,
      );
    }
    const type = comparableScalar(target as AnyPgColumn, operation);
    if (type === 'enum') {
      refuse(
        own,
        operation,
        'joins by an enum are not supported',
        'join by a key, and compare the enum inside.',
      );
    }
    if (type !== comparableScalar(own, operation)) {
      refuse(
        own,
        operation,
        `it is joined to ${placeOf(target)}, which has a different type`,
        'join columns of the same type.',
      );
    }
    if (own.table !== first.table) throw wrongTable(own.table, first.table, place);
    return { other: target.name, own: own.name, type };
  });
  if (!first) throw noJoin(other, place);
  return { on, column: first };
}

function noJoin(other: PgTable, place: string): ProblemError {
  return new ProblemError({
    code: 'access/no-join',
    message: `${place} has no join columns, so any row would match.`,
    object: qualifiedName(splitTableId(idOf(other))),
    fix: 'name the columns to join: exists(() => projects, { id: t.projectId }).',
  });
}
