import { basename, join, relative, resolve } from 'node:path';
import { findApp, type App } from '../../command/app.ts';
import type { CommandContext } from '../../command/command.ts';
import type { Schema } from '../../model/schema.ts';
import { writeFiles } from '../../project/generate/generated-files.ts';
import { readModuleSchema, readProjectSchema } from '../../project/read-valid-schema.ts';
import {
  DEFAULT_LAYOUT,
  sqlFiles,
  sqlText,
  type SqlLayout,
  type SqlOptions,
  type SqlParts,
} from '../../project/sql/sql-files.ts';

/** Runs `garden sql`. Returns the exit code. */
export async function runSql(context: CommandContext, apps: readonly App[]): Promise<number> {
  const { io, flag, text } = context;
  const { schema, options, layout, parts } = await subjectOf(context, apps);
  const out = text('out');
  if (out === undefined) {
    const sql = sqlText(schema, options);
    io.stdout.write(flag('json') ? `${JSON.stringify({ sql }, undefined, 2)}\n` : sql);
    return 0;
  }
  const folder = resolve(io.cwd, out);
  const split = flag('split');
  const files = await sqlFiles(schema, {
    ...options,
    split,
    layout,
    ...(split && { parts: await parts?.() }),
  });
  const written = await writeFiles(
    files.map(({ path, text: content }) => ({ file: join(folder, path), text: content })),
  );
  const names = written.map((file) => relative(io.cwd, file));
  io.stdout.write(
    flag('json')
      ? `${JSON.stringify({ written: names }, undefined, 2)}\n`
      : names.length === 0
        ? 'Nothing to write: everything is up to date.\n'
        : names.map((name) => `${context.paint('green', '+')} ${name}\n`).join(''),
  );
  return 0;
}

interface SqlSubject {
  readonly schema: Schema;
  readonly options: SqlOptions;
  readonly layout: SqlLayout;
  readonly parts?: (() => Promise<SqlParts>) | undefined;
}

async function subjectOf(context: CommandContext, apps: readonly App[]): Promise<SqlSubject> {
  const { io, argument, flag, text } = context;
  const supabase = flag('supabase');
  const users = text('users');
  if (argument !== undefined) {
    const app = findApp(apps, argument);
    return {
      schema: readModuleSchema(await app.tables()),
      options: {
        title: app.name,
        supabase,
        users: users ?? (supabase ? app.sql?.users : undefined),
        defaults: app.sql?.defaults,
      },
      layout: app.sql?.layout ?? DEFAULT_LAYOUT,
      parts: app.sql?.parts,
    };
  }
  const { schema, settings } = await readProjectSchema(io.cwd, text('config'));
  const { comments } = settings;
  return {
    schema,
    options: { title: basename(io.cwd), supabase, users, comments },
    layout: DEFAULT_LAYOUT,
  };
}
