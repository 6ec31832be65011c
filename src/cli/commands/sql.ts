import type { App } from '../../command/app.ts';
import { jsonOption, type Command, type CommandContext } from '../../command/command.ts';
import { ProblemError } from '../../report/problem.ts';

export const sqlCommand = (apps: readonly App[]): Command => ({
  name: 'sql',
  summary: 'the schema as plain SQL, with defaults, triggers and policies',
  description: `Prints SQL that creates the schema in an empty database: tables with their constraints,
indexes, views, functions, triggers, grants, policies and comments. psql alone applies it,
also twice: each statement creates what is missing, or replaces what is there. It does not
change existing tables; migrations do.

The database sets what the definitions leave to the client: gen_random_uuid() for ids,
now() for created_at and updated_at, and an empty value for required arrays and JSON.

--supabase writes policies for the roles anon and authenticated with auth.uid(), and reads
the claim roles from app_metadata.`,
  argument: {
    name: 'NAME',
    help: `an app of this package, instead of the project in the current folder: ${apps.map(({ name }) => name).join(', ')}`,
  },
  options: [
    { name: 'supabase', help: 'for a Supabase project' },
    {
      name: 'users',
      value: 'TABLE',
      help: 'with --supabase: the table of users, which auth.users replaces',
    },
    {
      name: 'out',
      value: 'FOLDER',
      help: 'write schema.sql, README.md and, with --supabase, database-types.ts to this folder',
    },
    { name: 'split', help: 'with --out: one numbered file per kind of object' },
    {
      name: 'config',
      value: 'FILE',
      help: "the project's drizzle-kit config",
      defaultText: 'drizzle.config.ts',
    },
    jsonOption,
  ],
  examples: [
    { command: 'garden sql', meaning: 'print the schema of this project' },
    {
      command: 'garden sql garden --supabase --out supabase/schemas',
      meaning: 'write the garden for Supabase, with a README and types',
    },
  ],

  async run(context) {
    refuseUseless(context);
    const { runSql } = await import('../sql/run-sql.ts');
    return runSql(context, apps);
  },
});

/** Options that would be ignored. */
function refuseUseless({ flag, text }: CommandContext): void {
  const [option, needed] =
    flag('split') && text('out') === undefined
      ? ['--split', '--out FOLDER']
      : text('users') !== undefined && !flag('supabase')
        ? ['--users', '--supabase']
        : [];
  if (option === undefined || needed === undefined) return;
  throw new ProblemError({
    code: 'cli/missing-value',
    message: `${option} needs ${needed}.`,
    fix: `add ${needed}, or leave out ${option}.`,
  });
}
