import {
  regclassText,
  withoutQueue,
  type PartitionedTable,
  type SqlClient,
} from './partition-sql.ts';

export interface MakePartitionsOptions {
  /** Number of months or days after the current one. Default: 3. */
  readonly ahead?: number;
}

/**
 * Makes the missing partitions of a table with `partitioned()`: the current one, and those
 * ahead. Returns their names. Run it daily as the owner of the table; it blocks no writer
 * longer than 100 ms, and several runs at once do no harm.
 *
 * @example
 * import postgres from 'postgres';
 *
 * const client = postgres('postgres://owner@localhost/app');
 * await makePartitions(client, 'public.requests', { ahead: 3 });
 */
export async function makePartitions(
  sql: SqlClient,
  table: PartitionedTable,
  { ahead = 3 }: MakePartitionsOptions = {},
): Promise<readonly string[]> {
  if (!Number.isInteger(ahead) || ahead < 0 || ahead > 1000) {
    throw new RangeError(`ahead is ${ahead}, but it has to be a whole number from 0 to 1000`);
  }
  const made = await withoutQueue(
    sql,
    `select part from public.make_partitions(${regclassText(table)}::regclass, ${ahead}) as part`,
  );
  return rowsOf(made).map(({ part }) => String(part));
}

/** postgres.js returns a list of results for several statements. */
function rowsOf(result: readonly unknown[]): readonly Readonly<Record<string, unknown>>[] {
  const last: unknown = result.at(-1);
  return (Array.isArray(last) ? last : result) as readonly Readonly<Record<string, unknown>>[];
}
