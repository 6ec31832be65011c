import { planDatabase } from '../../emit/supabase/plan-database.ts';
import type { SupabaseForm } from '../../emit/supabase/database-plan.ts';
import { printDatabase } from '../../emit/supabase/print-database.ts';
import type { Schema } from '../../model/schema.ts';
import { readWrittenSql } from '../../read/sql/read-written-sql.ts';
import type { Finding } from '../../report/problem.ts';

/** Supabase's `Database` type for a schema, and what it leaves out. */
export async function supabaseTypes(
  schema: Schema,
  form: SupabaseForm,
): Promise<{ readonly text: string; readonly findings: readonly Finding[] }> {
  const database = planDatabase(schema, { form, ...(await readWrittenSql(schema)) });
  return { text: printDatabase(database), findings: database.findings };
}
