import { readMigrations } from '../../../migrations/index.ts';
import { loadPgliteExtensions } from '../../../postgres/pglite-extensions.ts';
import { supabaseStandIns } from '../../../read/sql/supabase-stand-ins.ts';
import type { TestDatabaseOptions } from '../../test-database.ts';

/** What a project on Supabase has before its first migration, for a PGlite. */
export async function supabaseStart(
  folder: string,
): Promise<Pick<TestDatabaseOptions<Record<string, never>>, 'before' | 'extensions'>> {
  const files = readMigrations(folder).map(({ file, statements }) => ({
    file,
    text: statements.map(({ text }) => text).join(';\n'),
  }));
  const { sql, schemas, extensions } = supabaseStandIns(files);
  const roles = 'anon, authenticated, service_role';
  return {
    before: [
      'create role anon nologin; create role authenticated nologin',
      'create role service_role nologin bypassrls',
      sql.replace(/;\s*$/, ''),
      ...schemas.map((schema) => `grant usage on schema ${schema} to ${roles}`),
      // Supabase grants every new table to its roles; the migrations have to revoke that.
      `alter default privileges in schema public grant all on tables to ${roles}`,
    ]
      .filter((statement) => statement !== '')
      .join(';\n'),
    extensions: await loadPgliteExtensions(extensions.map((name) => ({ name }))),
  };
}
