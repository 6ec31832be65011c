import postgres from 'postgres';

const own = "not in ('pg_catalog', 'information_schema', 'pg_toast')";
const queries = [
  `select table_schema, table_name, column_name, data_type, is_nullable, column_default,
     collation_name, generation_expression
   from information_schema.columns where table_schema ${own} order by 1, 2, ordinal_position`,
  `select conrelid::regclass::text, conname, pg_get_constraintdef(oid)
   from pg_constraint where connamespace::regnamespace::text ${own} order by 1, 2`,
  `select schemaname, tablename, indexdef from pg_indexes where schemaname ${own} order by 1, 2, 3`,
  `select schemaname, tablename, policyname, roles, cmd, qual, with_check
   from pg_policies order by 1, 2, 3`,
  `select tgrelid::regclass::text, pg_get_triggerdef(oid)
   from pg_trigger where not tgisinternal order by 1, 2`,
  `select oid::regprocedure::text, md5(pg_get_functiondef(oid)) from pg_proc
   where pronamespace::regnamespace::text ${own} and prokind in ('f', 'p')
     and not exists (select from pg_depend d where d.objid = pg_proc.oid and d.deptype = 'e')
   order by 1`,
  `select relname, relrowsecurity, relforcerowsecurity, relacl::text from pg_class
   where relnamespace::regnamespace::text ${own} and relkind in ('r', 'v', 'm', 'p') order by 1`,
  'select hash, created_at from drizzle.__drizzle_migrations order by id',
];

/** All objects that a migration can create, as comparable data. */
export async function describeSchema(url: string): Promise<readonly unknown[]> {
  const sql = postgres(url, { max: 1 });
  try {
    const parts: unknown[] = [];
    for (const query of queries) parts.push([...(await sql.unsafe(query).values())]);
    return parts;
  } finally {
    await sql.end();
  }
}
