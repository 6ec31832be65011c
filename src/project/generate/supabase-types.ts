import { companionOf } from '../../emit/companion/companion-of.ts';
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
  const sql = await readWrittenSql({ ...schema, companion: functionsOf(schema) });
  const database = planDatabase(schema, { form, ...sql });
  return { text: printDatabase(database), findings: database.findings };
}

/** The statements of the schema, and the functions that the kit's helpers make in `public`. */
function functionsOf(schema: Schema): Schema['companion'] {
  const written = new Set(schema.companion.map(({ key }) => key));
  const { after } = companionOf({ schema, publication: undefined });
  const made = after.filter(({ key }) => key.startsWith('function "public".') && !written.has(key));
  return [...schema.companion, ...made];
}
