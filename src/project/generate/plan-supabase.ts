import { dirname, resolve } from 'node:path';
import type { Schema } from '../../model/schema.ts';
import type { SupabaseConfig } from '../config.ts';
import type { Project } from '../load-project.ts';
import { compareFiles, writeFiles, type GeneratedFile } from './generated-files.ts';
import type { Plan } from './plan.ts';
import { supabaseTypes } from './supabase-types.ts';

interface SupabaseFileOptions {
  readonly config: SupabaseConfig;
  /** `--out`, absolute. */
  readonly out: string | undefined;
}

/** The file with Supabase's `Database` type. */
export async function planSupabase(
  { configFile }: Project,
  schema: Schema,
  { config, out }: SupabaseFileOptions,
): Promise<Plan> {
  const { text, findings } = await supabaseTypes(schema, config.form ?? 'exact');
  const file = out ?? resolve(dirname(configFile), config.out ?? './database-types.ts');
  const files: readonly GeneratedFile[] = [{ file, text }];
  return {
    findings,
    missing: [],
    drifted: () => compareFiles(files),
    write: () => writeFiles(files),
  };
}
