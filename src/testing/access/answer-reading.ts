import type { AccessRules, Claims } from '../../model/rule.ts';
import { meets } from './filter.ts';
import { joins, visibleRows } from './oracle.ts';
import {
  keyText,
  type Database,
  type Filter,
  type Hop,
  type Page,
  type Reading,
  type Row,
} from './world.ts';

/**
 * Result of a reading: one list of sorted row keys for the reading's own table, and one for
 * each hop of `related`, from the outside in.
 */
export type Answer = readonly (readonly string[])[];

/** The oracle's answer: each hop returns only rows that the principal may read. */
export function answerReading(
  rules: AccessRules,
  claims: Claims,
  db: Database,
  reading: Reading,
): Answer {
  const seen = (table: string): readonly Row[] => visibleRows({ rules, claims, db }, table);
  const has = (row: Row, hop: Hop | undefined): boolean =>
    !hop || seen(hop.table).some((other) => joins(hop.on, row, other) && has(other, hop.having));
  const isMet = (row: Row, filter: Filter | undefined): boolean =>
    !filter || meets(filter, row, (table, on) => has(row, { table, on }));
  const answer: (readonly string[])[] = [];
  const collect = (asked: Reading, rows: readonly Row[]): void => {
    const own = rules.tables[asked.table] ?? { key: [] };
    const met = rows.filter((row) => has(row, asked.having) && isMet(row, asked.filter));
    const kept = asked.page ? pageOf(met, own.key, asked.page) : met;
    answer.push(kept.map((row) => keyText(own, row)).sort());
    for (const hop of asked.related ?? []) {
      collect(
        hop,
        seen(hop.table).filter((other) => kept.some((row) => joins(hop.on, row, other))),
      );
    }
  };
  collect(reading, seen(reading.table));
  return answer;
}

/** Keys are compared like their texts: they are uuids. */
function pageOf(
  rows: readonly Row[],
  key: readonly string[],
  { direction, limit, after }: Page,
): readonly Row[] {
  const textOf = (row: Row): string => keyText({ key }, row);
  const sign = direction === 'asc' ? 1 : -1;
  const order = (a: string, b: string): number => (a === b ? 0 : a < b ? -sign : sign);
  return rows
    .toSorted((a, b) => order(textOf(a), textOf(b)))
    .filter((row) => !after || order(textOf(after), textOf(row)) < 0)
    .slice(0, limit);
}
