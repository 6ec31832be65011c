import { getTableName, type Column, type Table } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { ClaimDeclaration, Rule } from '../../model/rule.ts';
import { qualifiedName, splitTableId, tableId } from '../../model/table-id.ts';
import { ProblemError } from '../../report/problem.ts';
import { placeOf, realColumn } from '../column.ts';
import { objectOf, schemaNameOf } from '../object-of.ts';

/** What a single condition was made of. A rule as data has only names, which another table may have too. */
export interface Origin {
  /** The column that it asks about; of an `exists`, one of those that it is joined to. */
  readonly column: Column;
  /** The declaration of the claim that it reads. */
  readonly declaration?: ClaimDeclaration | undefined;
}

// Registered, so that two copies of this package in one program agree; not
// enumerable, so that a rule stays plain data for whoever compares or writes it.
const ORIGIN: unique symbol = Symbol.for('@techgarden/schema/origin');

/** Remembers what a condition was made of. */
export function withOrigin(rule: Rule, origin: Origin): Rule {
  return Object.defineProperty(rule, ORIGIN, { value: origin });
}

/** What {@link withOrigin} left; a rule that was written as data has nothing. */
export const originOf = (rule: Rule): Origin | undefined =>
  (rule as { readonly [ORIGIN]?: Origin })[ORIGIN];

/** The single conditions that a rule asks of its own row. */
export function conditionsOf(rule: Rule): readonly Rule[] {
  if (rule.op === 'and' || rule.op === 'or') return rule.rules.flatMap(conditionsOf);
  return rule.op === 'not' ? conditionsOf(rule.rule) : [rule];
}

/** A table as rules name it: `packages`, or `billing.invoices` outside of public. */
export function idOf(table: Table): string {
  return tableId(schemaNameOf(table), getTableName(table));
}

/** Refuses conditions about columns of another table: only the name would be left of them. */
export function refuseWrongTable(table: PgTable, rule: Rule, where: string): void {
  for (const condition of conditionsOf(rule)) {
    const about = originOf(condition)?.column.table;
    if (about && about !== table) throw wrongTable(about, table, where);
  }
}

/**
 * Refuses the row outside within an `exists`, which only its join can name. A
 * table's third argument has stand-ins of its columns, the callback the columns.
 */
export function refuseOuter(rule: Rule, where: string): void {
  for (const condition of conditionsOf(rule)) {
    const column = originOf(condition)?.column;
    if (!column || realColumn(column) === column) continue;
    throw new ProblemError({
      code: 'access/outer-column',
      message: `${where} asks about ${placeOf(column)} of the row outside.`,
      object: objectOf(column),
      fix: 'take the column from its callback, or ask outside: and(…, exists(…)).',
    });
  }
}

/** The problem that a column of one table stands where one of another is wanted. */
export function wrongTable(found: Table, wanted: Table, where: string): ProblemError {
  const names = [idOf(wanted), idOf(found)] as const;
  return new ProblemError({
    code: 'access/wrong-table',
    message: `${where} names a column of ${names[1]}, where only columns of ${names[0]} can stand.`,
    object: qualifiedName(splitTableId(names[0])),
    fix: `take the column from ${names[0]}, or ask about ${names[1]} with exists(…).`,
  });
}
