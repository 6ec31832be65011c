/** A row as returned by a driver. */
export type SqlRow = Readonly<Record<string, unknown>>;

/**
 * The interface for the guard's queries, inside the guarded transaction: Zero's
 * `tx.dbTransaction`, a PGlite transaction, or a client of `pg`.
 */
export interface SqlTransaction {
  query(
    sql: string,
    params: unknown[],
  ): Promise<Iterable<SqlRow> | { readonly rows: Iterable<SqlRow> }>;
}

/** The first row of a result. */
export async function firstRow(
  transaction: SqlTransaction,
  sql: string,
  params: readonly unknown[],
): Promise<SqlRow | undefined> {
  const answer = await transaction.query(sql, [...params]);
  const [row] = 'rows' in answer ? answer.rows : answer;
  return row;
}
