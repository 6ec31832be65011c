import { getTableColumns, getTableName, type Column } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Join, Operation, Rule } from '../../model/rule.ts';
import { qualifiedName, splitTableId } from '../../model/table-id.ts';
import { ProblemError } from '../../report/problem.ts';
import { placeOf } from '../column.ts';
import type { Claim, ListClaim } from './claims.ts';
import {
  claimValue,
  comparableScalar,
  literalOf,
  refuse,
  refuseUnsynced,
} from './portable-value.ts';
import { refuseOuter, refuseWrongTable, idOf, withOrigin, wrongTable } from './rule-origin.ts';

/** What a column holds, as a rule may name it; anything where Drizzle has forgotten the type. */
type Value<C extends AnyPgColumn> = unknown extends C['_']['data']
  ? string | number | boolean | Date
  : C['_']['data'] & (string | number | boolean | Date);

/** Everybody, known or not. */
export const anyone: Rule = { op: 'anyone' };

/** Nobody at all; what an operation without a rule means. */
export const nobody: Rule = { op: 'nobody' };

/** Whoever has an identity: the claim `sub`. */
export const authenticated: Rule = { op: 'authenticated' };

/** Whoever's claim `roles` holds the word. Roles come from the identity provider, never from a column. */
export function role(name: string): Rule {
  if (!name) throw empty('role() has no name', "name it: role('admin').");
  return { op: 'role', role: name };
}

/** The principal is the one that the column names: it equals the claim `sub`. */
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

/** The column is another than the value or the claim; a NULL is neither the same nor another. */
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

/** The column is one of the values, or in the list that the claim holds. */
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
    return refuse(column, 'inList', `${String(values)} is no list`, 'give a list of values.');
  }
  const list: readonly unknown[] = values;
  const literals = list.map((value) => literalOf(column, 'inList', type, value).literal);
  return withOrigin({ op: 'in', column: name, values: { literals, type } }, { column });
}

/** The column is empty. */
export function isNull(column: AnyPgColumn): Rule {
  refuseUnsynced(column);
  return withOrigin({ op: 'null', column: column.name }, { column });
}

/** The row was not soft-deleted. Takes the table's columns, or those of an `exists`. */
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

/** The rule is false. What is unknown, because of a NULL or a missing claim, stays unknown. */
export function not(rule: Rule): Rule {
  return { op: 'not', rule: given(rule, 'not()') };
}

/** Columns of the other table, each equal to one of this. */
export type JoinInput<Other extends PgTable> = {
  readonly [Key in keyof Other['_']['columns']]?: AnyPgColumn<{
    data: Other['_']['columns'][Key]['_']['data'];
  }>;
};

/**
 * There is a row in the other table that is joined and meets the rule. `raw`, the
 * default, looks at all rows; `visible` only at those that the principal may read.
 *
 * @example
 * exists(() => packages, { id: t.packageId }, (p) => notDeleted(p))
 */
export function exists<Other extends PgTable>(
  table: () => Other,
  join: JoinInput<Other>,
  rule: (columns: Other['_']['columns']) => Rule = () => anyone,
  options: { readonly rows?: 'raw' | 'visible' } = {},
): Rule {
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
 * There is a row in the other table that is joined and that the principal may
 * read, change or delete, by that table's own rules.
 *
 * @example
 * can(() => projects, { id: t.projectId }, 'update')
 */
export function can<Other extends PgTable>(
  table: () => Other,
  join: JoinInput<Other>,
  operation: Operation,
): Rule {
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
  const asked = claim
    ? claimValue(column, operation, claim, { type, list: false })
    : literalOf(column, operation, type, value);
  return withOrigin(
    { op: 'compare', column: column.name, with: operator, value: asked },
    { column, declaration: claim?.declaration },
  );
}

function isClaim<C extends Claim<unknown> | ListClaim<unknown>>(value: unknown): value is C {
  return typeof value === 'object' && value !== null && 'declaration' in value;
}

/** What is left out in TypeScript's sight arrives as `undefined` from plain JavaScript. */
function given(rule: Rule | undefined, place: string): Rule {
  if (!rule) throw empty(`${place} has a part that is undefined`, 'write a rule in its place.');
  return rule;
}

function empty(what: string, fix: string): ProblemError {
  return new ProblemError({ code: 'access/empty', message: `${what}.`, fix });
}

/** The join, and one of the columns that are joined: all are of its table. */
function joinOf<Other extends PgTable>(
  other: Other,
  join: JoinInput<Other>,
  operation: 'exists' | 'can',
): { readonly on: Join; readonly column: Column } {
  const place = `${operation}() over ${idOf(other)}`;
  const columns: Record<string, Column> = getTableColumns(other);
  const pairs = Object.entries(join as Record<string, AnyPgColumn | undefined>);
  const first = pairs[0]?.[1];
  const on = pairs.map(([key, own]) => {
    if (!own || !first) throw noJoin(other, place);
    const target = columns[key];
    if (!target) {
      return refuse(own, operation, `"${key}" is no column of ${getTableName(other)}`, 'name one.');
    }
    const type = comparableScalar(target as AnyPgColumn, operation);
    if (type === 'enum') {
      refuse(own, operation, 'enums are not joined', 'join by a key, and compare the enum inside.');
    }
    if (type !== comparableScalar(own, operation)) {
      refuse(
        own,
        operation,
        `it is joined to ${placeOf(target)}, which holds another type`,
        'join columns of one type.',
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
    message: `${place} joins it by no column, so any row of it would do.`,
    object: qualifiedName(splitTableId(idOf(other))),
    fix: 'name the columns that are equal: exists(() => projects, { id: t.projectId }).',
  });
}
