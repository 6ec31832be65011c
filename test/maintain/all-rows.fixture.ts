type Query = (sql: string) => PromiseLike<readonly Readonly<Record<string, unknown>>[]>;

/** All rows of all tables of a database, as JSON, by table. */
export async function allRows(query: Query): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = await query(`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname !~ '^pg_' and schemaname <> 'information_schema' order by 1`);
  const rows: Record<string, readonly string[]> = {};
  for (const { name } of tables) {
    const found = await query(`select to_json(r)::text as row from ${String(name)} r order by 1`);
    rows[String(name)] = found.map(({ row }) => String(row));
  }
  return rows;
}
