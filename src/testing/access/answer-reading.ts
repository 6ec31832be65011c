import type { AccessRules, Claims } from '../../model/rule.ts';
import { joins, visibleRows } from './oracle.ts';
import { keyText, type Database, type Hop, type Reading, type Row } from './world.ts';

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
  const answer: (readonly string[])[] = [];
  const collect = (asked: Reading, rows: readonly Row[]): void => {
    const kept = rows.filter((row) => has(row, asked.having));
    const own = rules.tables[asked.table] ?? { key: [] };
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
