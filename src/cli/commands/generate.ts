import process from 'node:process';
import { jsonOption, type Command, type CommandContext } from '../../command/command.ts';
import type { Target } from '../../project/generate/generate-options.ts';
import { refuseOptions } from '../generate/refuse-options.ts';

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
      help: "the target's file, or the folder for the Zero files; needs a TARGET",
      defaultText: "out in the target's part of garden.config.ts",
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
    refuseOptions(context);
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
