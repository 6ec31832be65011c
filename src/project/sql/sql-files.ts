import { emitSql } from '../../emit/sql/emit-sql.ts';
import { forSupabase } from '../../emit/sql/for-supabase.ts';
import { printReadme } from '../../emit/sql/print-readme.ts';
import { emitModules, type SqlModule } from '../../emit/sql/emit-modules.ts';
import {
  printSections,
  printStatements,
  splitSections,
  type SqlFile,
} from '../../emit/sql/print-sections.ts';
import { withDefaults, type SqlDefaults } from '../../emit/sql/with-defaults.ts';
import { replaceUsers } from '../../emit/sql/replace-users.ts';
import type { Schema } from '../../model/schema.ts';
import { companionOf } from '../../emit/companion/companion-of.ts';
import { readWrittenSql } from '../../read/sql/read-written-sql.ts';
import { supabaseTypes } from '../generate/supabase-types.ts';

export interface SqlOptions {
  /** The heading of the files. */
  readonly title: string;
  readonly supabase: boolean;
  /** The table that Supabase's `auth.users` replaces. */
  readonly users?: string | undefined;
  /** Whether doc comments become comments in the database; true by default. */
  readonly comments?: boolean | undefined;
  /** Defaults that the definitions leave to the client. */
  readonly defaults?: SqlDefaults | undefined;
}

/** The files of a schema that are arranged by subject. */
export interface SqlParts {
  readonly modules: readonly SqlModule[];
  /** The rows that every installation starts with. */
  readonly data: {
    readonly file: string;
    readonly title: string;
    readonly statements: readonly string[];
  };
  /** The path of all modules as one file, and of the data again. */
  readonly migrations: { readonly schema: string; readonly data: string };
  readonly readme: string;
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
  options: SqlOptions & {
    readonly split: boolean;
    readonly layout: SqlLayout;
    /** How `--split` arranges the schema; by kind of object without it. */
    readonly parts?: SqlParts | undefined;
  },
): Promise<readonly SqlFile[]> {
  const { title, supabase, split, layout, parts } = options;
  const target = targetOf(schema, options);
  const bySubject = split && parts ? partFiles(target, options, parts) : undefined;
  const files = bySubject
    ? bySubject.files
    : split
      ? splitSections(title, sectionsOf(target, options))
      : [{ path: layout.schema, text: printSections(title, sectionsOf(target, options)) }];
  const readme = printReadme({
    title,
    schema: target,
    files: bySubject?.applied ?? files.map(({ path }) => path),
    supabase,
    functions: supabase ? (await readWrittenSql(target)).functions : [],
  });
  return [
    ...files,
    { path: split ? (parts?.readme ?? 'README.md') : layout.readme, text: readme },
    ...(supabase
      ? [{ path: layout.types, text: (await supabaseTypes(target, 'exact')).text }]
      : []),
  ];
}

/** The files by subject, and those that together are the whole schema. */
function partFiles(
  schema: Schema,
  options: SqlOptions,
  { modules, data, migrations }: SqlParts,
): { readonly files: readonly SqlFile[]; readonly applied: readonly string[] } {
  const emitted = emitModules(inputOf(schema, options), modules);
  const own = (file: string, title: string, statements: readonly string[]): SqlFile => ({
    path: file,
    text: printStatements(title, statements),
  });
  const all = emitted.flatMap(({ statements }) => statements);
  const files = [
    ...emitted.map(({ file, title, statements }) => own(file, title, statements)),
    own(data.file, data.title, data.statements),
  ];
  return {
    files: [
      ...files,
      own(migrations.schema, options.title, all),
      own(migrations.data, data.title, data.statements),
    ],
    applied: files.map(({ path }) => path),
  };
}

function targetOf(schema: Schema, { supabase, users, defaults }: SqlOptions): Schema {
  const filled = defaults === undefined ? schema : withDefaults(schema, defaults);
  const own = users === undefined ? filled : replaceUsers(filled, users);
  return supabase ? forSupabase(own) : own;
}

const inputOf = (schema: Schema, { comments }: SqlOptions) => ({
  schema,
  ...companionOf({ schema, publication: undefined, comments }),
});

const sectionsOf = (schema: Schema, options: SqlOptions) => emitSql(inputOf(schema, options));
