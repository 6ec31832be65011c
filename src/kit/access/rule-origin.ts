import { getTableName, type Column, type Table } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { ClaimDeclaration, Rule } from '../../model/rule.ts';
import { qualifiedName, splitTableId, tableId } from '../../model/table-id.ts';
import { ProblemError } from '../../report/problem.ts';
import { placeOf, realColumn } from '../column.ts';
import { objectOf, schemaNameOf } from '../object-of.ts';

/** The column and claim that a condition was built from. The rule itself has only names, which are ambiguous. */
export interface Origin {
  /** The column that the condition tests; for an `exists`, one of its own join columns. */
  readonly column: Column;
  /** The declaration of the claim that the condition reads. */
  readonly declaration?: ClaimDeclaration | undefined;
}

// Registered, so that two copies of this package in one program agree. Not
// enumerable, so that a rule compares and serializes as plain data.
const ORIGIN: unique symbol = Symbol.for('@techgarden/schema/origin');

/** Attaches its origin to a condition. */
export function withOrigin(rule: Rule, origin: Origin): Rule {
  return Object.defineProperty(rule, ORIGIN, { value: origin });
}

/** The origin from {@link withOrigin}; absent on a rule that was written as data. */
export const originOf = (rule: Rule): Origin | undefined =>
  (rule as { readonly [ORIGIN]?: Origin })[ORIGIN];

/** The single conditions of a rule on the rule's own row. */
export function conditionsOf(rule: Rule): readonly Rule[] {
  if (rule.op === 'and' || rule.op === 'or') return rule.rules.flatMap(conditionsOf);
  return rule.op === 'not' ? conditionsOf(rule.rule) : [rule];
}

/** Table id in rules: `packages`, or `billing.invoices` outside `public`. */
export function idOf(table: Table): string {
  return tableId(schemaNameOf(table), getTableName(table));
}

/** Refuses conditions on columns of another table: a rule keeps only the column's name. */
export function refuseWrongTable(table: PgTable, rule: Rule, where: string): void {
  for (const condition of conditionsOf(rule)) {
    const about = originOf(condition)?.column.table;
    if (about && about !== table) throw wrongTable(about, table, where);
  }
}

/**
 * Refuses columns of the outer row inside an `exists`; only the join may name them.
 * They are recognizable: a table's third argument receives stand-ins of its columns,
 * and the callback receives the columns themselves.
 */
export function refuseOuter(rule: Rule, where: string): void {
  for (const condition of conditionsOf(rule)) {
    const column = originOf(condition)?.column;
    if (!column || realColumn(column) === column) continue;
    throw new ProblemError({
      code: 'access/outer-column',
      message: `${where} reads ${placeOf(column)} of the outer row.`,
      object: objectOf(column),
      fix: 'use a column of the callback, or move the condition outside: and(…, exists(…)).',
    });
  }
}

/** Problem: a rule uses a column of the wrong table. */
export function wrongTable(found: Table, wanted: Table, where: string): ProblemError {
  const names = [idOf(wanted), idOf(found)] as const;
  return new ProblemError({
    code: 'access/wrong-table',
    message: `${where} names a column of ${names[1]}, but only columns of ${names[0]} are allowed.`,
    object: qualifiedName(splitTableId(names[0])),
    fix: `use a column of ${names[0]}, or test ${names[1]} with exists(…).`,
  });
}
