import { emitSql } from '../../emit/sql/emit-sql.ts';
import { forSupabase } from '../../emit/sql/for-supabase.ts';
import { printReadme } from '../../emit/sql/print-readme.ts';
import { printSections, splitSections, type SqlFile } from '../../emit/sql/print-sections.ts';
import { replaceUsers } from '../../emit/sql/replace-users.ts';
import type { Schema } from '../../model/schema.ts';
import { companionOf } from '../../emit/companion/companion-of.ts';
import { supabaseTypes } from '../generate/supabase-types.ts';

export interface SqlOptions {
  /** The heading of the files. */
  readonly title: string;
  readonly supabase: boolean;
  /** The table that Supabase's `auth.users` replaces. */
  readonly users?: string | undefined;
  /** Whether doc comments become comments in the database; true by default. */
  readonly comments?: boolean | undefined;
}

/** The paths of the files in the output folder. */
export interface SqlLayout {
  readonly schema: string;
  readonly readme: string;
  /** Supabase's `Database` type. */
  readonly types: string;
}

export const DEFAULT_LAYOUT: SqlLayout = {
  schema: 'schema.sql',
  readme: 'README.md',
  types: 'database-types.ts',
};

/** A schema as the text of one SQL file. */
export const sqlText = (schema: Schema, options: SqlOptions): string =>
  printSections(options.title, sectionsOf(targetOf(schema, options), options));

/** The SQL files of a schema, their README, and for Supabase its types. */
export async function sqlFiles(
  schema: Schema,
  options: SqlOptions & { readonly split: boolean; readonly layout: SqlLayout },
): Promise<readonly SqlFile[]> {
  const { title, supabase, split, layout } = options;
  const target = targetOf(schema, options);
  const sections = sectionsOf(target, options);
  const files = split
    ? splitSections(title, sections)
    : [{ path: layout.schema, text: printSections(title, sections) }];
  const readme = printReadme({
    title,
    schema: target,
    files: files.map(({ path }) => path),
    supabase,
  });
  return [
    ...files,
    { path: split ? 'README.md' : layout.readme, text: readme },
    ...(supabase
      ? [{ path: layout.types, text: (await supabaseTypes(target, 'exact')).text }]
      : []),
  ];
}

function targetOf(schema: Schema, { supabase, users }: SqlOptions): Schema {
  const own = users === undefined ? schema : replaceUsers(schema, users);
  return supabase ? forSupabase(own) : own;
}

const sectionsOf = (schema: Schema, { comments }: SqlOptions) =>
  emitSql({ schema, ...companionOf({ schema, publication: undefined, comments }) });
