import type { Table } from '../../model/table.ts';
import { keepSelfReferences } from '../../rows/draw-row.ts';
import { candidateValues } from '../../rows/candidate-values.ts';
import { seededRandom } from '../../rows/random.ts';
import { columnsIn, withGenerated } from '../../rows/read-sql.ts';
import type { Row } from '../../rows/row.ts';
import type { Lab } from './lab.ts';
import { tryAll } from './lab.ts';
import type { Outcome, Trial } from './run-trials.ts';

/** A search for a row. */
export interface Search {
  readonly table: Table;
  /** The row to start from. */
  readonly from: Row;
  /** The condition whose columns are changed. */
  readonly sql: string;
  /** Columns that are not changed, by their names in SQL. */
  readonly keep?: readonly string[];
  /** Rows that the result should differ from, if possible. */
  readonly unlike?: readonly Row[];
  trial(row: Row): Trial;
  isFound(outcome: Outcome): boolean;
}

/** Number of candidate rows that change several columns at once. */
const COMBINATIONS = 600;
const BATCH = 100;

/**
 * Searches for a row with the wanted outcome in the database, among rows that differ from
 * a given one in the columns of a condition.
 */
export async function findRow(
  lab: Pick<Lab, 'client' | 'deferred' | 'seed'>,
  search: Search,
): Promise<Row | undefined> {
  const candidates = candidateRows(search, lab.seed);
  for (let at = 0; at < candidates.length; at += BATCH) {
    const rows = candidates.slice(at, at + BATCH);
    const outcomes = await tryAll(
      lab as Lab,
      rows.map((row) => search.trial(row)),
    );
    const found = rows.find((_, index) => search.isFound(outcomes[index] ?? {}));
    if (found) return found;
  }
  return undefined;
}

function candidateRows(search: Search, seed: number): readonly Row[] {
  const { table, from, sql, keep = [], unlike = [] } = search;
  const columns = columnsIn(sql, table).filter(({ name }) => !keep.includes(name));
  const text = withGenerated(sql, table);
  const choices = columns.map((column) => {
    // A condition often compares its columns with each other.
    const others = columns.flatMap((other) =>
      other !== column && other.type.kind === column.type.kind ? [from[other.key]] : [],
    );
    return { column, values: [...candidateValues(table, column, text, seed), ...others] };
  });
  const random = seededRandom(seed, table.id, sql);
  const single = choices.flatMap(({ column, values }) =>
    values.map((value) => ({ ...from, [column.key]: value })),
  );
  const combined = Array.from({ length: columns.length > 1 ? COMBINATIONS : 0 }, () => ({
    ...from,
    ...Object.fromEntries(
      choices
        .filter(() => random.below(4) > 0)
        .map(({ column, values }) => [column.key, random.pick(values)]),
    ),
  }));
  const alike = (row: Row): number =>
    unlike.reduce(
      (sum, other) => sum + columns.filter(({ key }) => row[key] === other[key]).length,
      0,
    );
  const sorted = [...single, ...combined].sort((a, b) => alike(a) - alike(b));
  return [from, ...sorted.map((row) => keepSelfReferences(table, from, row))];
}
