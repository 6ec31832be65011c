import { getTableColumns, getTableName, getTableUniqueName, type Column } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Comparison, Join, Operation, Rule } from '../../model/rule.ts';
import { placeOf } from '../column.ts';
import type { Claim, ListClaim } from './claims.ts';
import { claimValue, comparableScalar, literalOf, refuse } from './portable-value.ts';

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
  return { op: 'role', role: name };
}

/** The principal is the one that the column names: it equals the claim `sub`. */
export function owner<C extends AnyPgColumn>(column: C): Rule {
  const type = comparableScalar(column, '=');
  if (type !== 'uuid' && type !== 'text')
    refuse(column, 'an owner is a uuid or text', 'compare another column.');
  return { op: 'compare', column: column.name, with: '=', value: { claim: 'sub', type } };
}

/** The column equals the value or the claim. */
export function eq<C extends AnyPgColumn>(column: C, value: Value<C> | Claim<Value<C>>): Rule {
  return compare(column, '=', value);
}

/** The column is another than the value or the claim; a NULL is neither the same nor another. */
export function ne<C extends AnyPgColumn>(column: C, value: Value<C> | Claim<Value<C>>): Rule {
  return compare(column, '!=', value);
}

/** The column is less than the value or the claim. */
export function lt<C extends AnyPgColumn>(column: C, value: Value<C> | Claim<Value<C>>): Rule {
  return compare(column, '<', value);
}

/** The column is at most the value or the claim. */
export function lte<C extends AnyPgColumn>(column: C, value: Value<C> | Claim<Value<C>>): Rule {
  return compare(column, '<=', value);
}

/** The column is greater than the value or the claim. */
export function gt<C extends AnyPgColumn>(column: C, value: Value<C> | Claim<Value<C>>): Rule {
  return compare(column, '>', value);
}

/** The column is at least the value or the claim. */
export function gte<C extends AnyPgColumn>(column: C, value: Value<C> | Claim<Value<C>>): Rule {
  return compare(column, '>=', value);
}

/** The column is one of the values, or in the list that the claim holds. */
export function inList<C extends AnyPgColumn>(
  column: C,
  values: readonly Value<C>[] | ListClaim<Value<C>>,
): Rule {
  const type = comparableScalar(column, '=');
  return {
    op: 'in',
    column: column.name,
    values: isClaim(values)
      ? claimValue(column, type, values, true)
      : { literals: values.map((value) => literalOf(column, type, value).literal), type },
  };
}

/** The column is empty. */
export function isNull(column: AnyPgColumn): Rule {
  return { op: 'null', column: column.name };
}

/** The row was not soft-deleted. Takes the table's columns, or those of an `exists`. */
export function notDeleted(columns: { readonly deletedAt: AnyPgColumn }): Rule {
  return isNull(columns.deletedAt);
}

/** All of the rules. */
export function and(...rules: readonly [Rule, ...Rule[]]): Rule {
  return { op: 'and', rules };
}

/** Any of the rules. */
export function or(...rules: readonly [Rule, ...Rule[]]): Rule {
  return { op: 'or', rules };
}

/** The rule is false. What is unknown, because of a NULL or a missing claim, stays unknown. */
export function not(rule: Rule): Rule {
  return { op: 'not', rule };
}

/** Columns of the other table, each equal to one of this. */
export type JoinInput<Other extends PgTable> = {
  readonly [Key in keyof Other['_']['columns']]?: AnyPgColumn;
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
  return {
    op: 'exists',
    table: tableId(other),
    on: joinOf(other, join),
    rule: rule(getTableColumns(other) as Other['_']['columns']),
    rows: options.rows ?? 'raw',
  };
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
  return { op: 'can', table: tableId(other), on: joinOf(other, join), operation };
}

/** A table as rules name it: `packages`, or `billing.invoices` outside of public. */
export function tableId(table: PgTable): string {
  return getTableUniqueName(table).replace(/^public\./, '');
}

function compare<C extends AnyPgColumn>(
  column: C,
  operator: Comparison,
  value: Value<C> | Claim<Value<C>>,
): Rule {
  const type = comparableScalar(column, operator);
  return {
    op: 'compare',
    column: column.name,
    with: operator,
    value: isClaim(value) ? claimValue(column, type, value, false) : literalOf(column, type, value),
  };
}

function isClaim<C extends Claim<unknown> | ListClaim<unknown>>(value: unknown): value is C {
  return typeof value === 'object' && value !== null && 'declaration' in value;
}

function joinOf<Other extends PgTable>(other: Other, join: JoinInput<Other>): Join {
  const columns: Record<string, Column> = getTableColumns(other);
  return Object.entries(join as Record<string, AnyPgColumn>).map(([key, own]) => {
    const target = columns[key];
    if (!target) return refuse(own, `"${key}" is no column of ${getTableName(other)}`, 'name one.');
    if (comparableScalar(target as AnyPgColumn, '=') !== comparableScalar(own, '=')) {
      refuse(
        own,
        `it is joined to ${placeOf(target)}, which holds another type`,
        'join columns of one type.',
      );
    }
    return { other: target.name, own: own.name };
  });
}
