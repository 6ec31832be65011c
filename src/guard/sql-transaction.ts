/** A row as a driver gives it. */
export type SqlRow = Readonly<Record<string, unknown>>;

/**
 * What the guard asks its questions through, inside the transaction that it
 * guards: Zero's `tx.dbTransaction`, a PGlite transaction, a client of `pg`.
 */
export interface SqlTransaction {
  query(
    sql: string,
    params: unknown[],
  ): Promise<Iterable<SqlRow> | { readonly rows: Iterable<SqlRow> }>;
}

/** The first row of an answer. */
export async function firstRow(
  transaction: SqlTransaction,
  sql: string,
  params: readonly unknown[],
): Promise<SqlRow | undefined> {
  const answer = await transaction.query(sql, [...params]);
  const [row] = 'rows' in answer ? answer.rows : answer;
  return row;
}
