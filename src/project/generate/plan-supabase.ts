import { dirname, resolve } from 'node:path';
import { planDatabase } from '../../emit/supabase/plan-database.ts';
import { printDatabase } from '../../emit/supabase/print-database.ts';
import type { Schema } from '../../model/schema.ts';
import type { SupabaseConfig } from '../config.ts';
import type { Project } from '../load-project.ts';
import { readWrittenSql } from '../../read/sql/read-written-sql.ts';
import { compareFiles, writeFiles, type GeneratedFile } from './generated-files.ts';
import type { Plan } from './plan.ts';

/** The file with Supabase's `Database` type. */
export async function planSupabase(
  { configFile }: Project,
  { out = './database-types.ts', form = 'exact' }: SupabaseConfig,
  schema: Schema,
): Promise<Plan> {
  const database = planDatabase(schema, { form, ...(await readWrittenSql(schema)) });
  const file = resolve(dirname(configFile), out);
  const files: readonly GeneratedFile[] = [{ file, text: printDatabase(database) }];
  return {
    findings: database.findings,
    missing: [],
    drifted: () => compareFiles(files),
    write: () => writeFiles(files),
  };
}
