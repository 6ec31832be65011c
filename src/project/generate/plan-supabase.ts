import { dirname, resolve } from 'node:path';
import type { Schema } from '../../model/schema.ts';
import type { SupabaseConfig } from '../config.ts';
import type { Project } from '../load-project.ts';
import { compareFiles, writeFiles, type GeneratedFile } from './generated-files.ts';
import type { Plan } from './plan.ts';
import { supabaseTypes } from './supabase-types.ts';

/** The file with Supabase's `Database` type. */
export async function planSupabase(
  { configFile }: Project,
  { out = './database-types.ts', form = 'exact' }: SupabaseConfig,
  schema: Schema,
): Promise<Plan> {
  const { text, findings } = await supabaseTypes(schema, form);
  const file = resolve(dirname(configFile), out);
  const files: readonly GeneratedFile[] = [{ file, text }];
  return {
    findings,
    missing: [],
    drifted: () => compareFiles(files),
    write: () => writeFiles(files),
  };
}
