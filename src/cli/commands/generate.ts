import process from 'node:process';
import { jsonOption, type Command, type CommandContext } from '../../command/command.ts';
import type { Target } from '../../project/generate/generate-options.ts';
import { ProblemError } from '../../report/problem.ts';

export const generateCommand: Command = {
  name: 'generate',
  summary: 'write the migrations, the Zero schema and other files for the definitions',
  description: `Reads drizzle.config.ts and its schema, and writes the files that are derived from them.

migrations   drizzle-kit's migration for tables, keys, indexes and policies, and custom
             ones for objects that drizzle-kit does not support: triggers, comments,
             extensions, roles, grants, the functions that policies call, the publication
zero         zero-schema.gen.ts, the Zero schema with row types and query builder,
             zero-rules.gen.ts, the access rules as data, and
             zero-checks.gen.ts, the constraints that clients check
json-schema  schema.json, the JSON Schema of the rows of every table, for other languages
supabase     database-types.ts, the types that \`supabase gen types\` makes from the database

Without a target it writes the migrations, and the others if garden.config.ts has the parts
zero, jsonSchema and supabase.
All problems of the schema are reported together. The valid parts are still written,
and the exit code is 1.`,
  argument: {
    name: 'TARGET',
    help: 'write only this target',
    values: ['migrations', 'zero', 'json-schema', 'supabase'],
  },
  options: [
    {
      name: 'check',
      help: 'write nothing; print the differences, and exit with 1 if there are any',
    },
    {
      name: 'watch',
      help: 'keep running, and write all files except migrations whenever the schema changes',
    },
    {
      name: 'config',
      value: 'FILE',
      help: 'the drizzle-kit config; garden.config.ts is expected next to it',
      defaultText: 'drizzle.config.ts',
    },
    {
      name: 'out',
      value: 'PATH',
      help: 'the folder for the Zero files; with json-schema, the file',
      defaultText: 'zero.out or jsonSchema.out of garden.config.ts',
    },
    {
      name: 'name',
      value: 'NAME',
      help: "the name of drizzle-kit's migration",
      defaultText: 'derived from its changes, such as create_notes',
    },
    jsonOption,
  ],
  examples: [
    { command: 'garden generate', meaning: 'after a change to the tables' },
    { command: 'garden generate zero --out src/apps/garden/zero', meaning: 'only the Zero schema' },
    { command: 'garden generate --check', meaning: 'in CI: fail if the files are not up to date' },
  ],
  interruptedCode: '0 with --watch',
  whenInterrupted: 'Nothing was written.',

  packages: ({ argument }) => [
    'esbuild',
    'oxc-parser',
    ...(argument === 'zero' || argument === 'json-schema' ? [] : ['libpg-query']),
    ...(argument === undefined || argument === 'migrations' ? ['drizzle-kit'] : []),
  ],

  async run(context) {
    refuseName(context.text('name'));
    refuseWithWatch(context);
    const { runGenerate } = await import('../generate/run-generate.ts');
    const { io, flag, text } = context;
    return runGenerate(context, {
      target: context.argument as Target | undefined,
      check: flag('check'),
      watch: flag('watch'),
      json: flag('json'),
      config: text('config'),
      out: text('out'),
      name: text('name'),
      // drizzle-kit's prompts would corrupt the JSON output.
      interactive: isInteractive(io) && !flag('json'),
    });
  },
};

const isInteractive = ({ stdout }: CommandContext['io']): boolean =>
  stdout.isTTY && process.stdin.isTTY;

/** The name becomes part of a file name. */
function refuseName(name: string | undefined): void {
  if (name === undefined || /^[A-Za-z0-9_-]{1,60}$/.test(name)) return;
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `--name ${JSON.stringify(name)} cannot be the name of a migration.`,
    fix: 'use letters, digits, _ and -, at most 60 of them.',
  });
}

/** --watch never ends, and writes no migrations. */
function refuseWithWatch({ flag, argument }: CommandContext): void {
  if (!flag('watch')) return;
  const why = flag('check')
    ? '--check writes nothing, but --watch does.'
    : flag('json')
      ? '--json prints one result, but --watch never ends.'
      : argument === 'migrations'
        ? '--watch does not write migrations, because every save of a file would create one.'
        : undefined;
  if (why === undefined) return;
  throw new ProblemError({
    code: 'cli/not-with-watch',
    message: why,
    fix: 'remove one of them.',
  });
}
