import process from 'node:process';
import { jsonOption, type Command, type CommandContext } from '../../command/command.ts';
import { ProblemError } from '../../report/problem.ts';

export const generateCommand: Command = {
  name: 'generate',
  summary: 'write the migrations and the Zero schema that the definitions ask for',
  description: `Reads drizzle.config.ts and the schema that it names, and writes what follows from it.

migrations   drizzle-kit's migration for tables, keys, indexes and policies, and custom
             ones beside it for what drizzle-kit has no word for: triggers, comments,
             extensions, roles, grants, the functions that policies call, the publication
zero         zero-schema.gen.ts, the Zero schema with row types and query builder, and
             zero-rules.gen.ts, the access rules as data

Without a target it writes the migrations, and zero where garden.config.ts speaks of it.
What is wrong with the schema is told all at once; what is right is written all the same,
and the exit code is 1.`,
  argument: {
    name: 'TARGET',
    help: 'write only this one',
    values: ['migrations', 'zero'],
  },
  options: [
    { name: 'check', help: 'write nothing; print what differs, and exit 1 if anything does' },
    { name: 'watch', help: 'go on, and write zero anew whenever the schema changes' },
    {
      name: 'config',
      value: 'FILE',
      help: 'the drizzle-kit config; garden.config.ts is looked for beside it',
      defaultText: 'drizzle.config.ts',
    },
    {
      name: 'out',
      value: 'DIR',
      help: 'where the files of zero go',
      defaultText: 'zero.out of garden.config.ts, else beside the config',
    },
    {
      name: 'name',
      value: 'NAME',
      help: "the name of drizzle-kit's migration",
      defaultText: 'what it does, such as create_notes',
    },
    jsonOption,
  ],
  examples: [
    { command: 'garden generate', meaning: 'after a change to the tables' },
    { command: 'garden generate zero --out src/apps/garden/zero', meaning: 'only the Zero schema' },
    { command: 'garden generate --check', meaning: 'in CI: nobody forgot to' },
  ],
  interruptedCode: '0 with --watch',
  whenInterrupted: 'Nothing was written.',

  packages: ({ argument }) => [
    'esbuild',
    'oxc-parser',
    ...(argument === 'zero' ? [] : ['drizzle-kit', 'libpg-query']),
  ],

  async run(context) {
    refuseName(context.text('name'));
    refuseWithWatch(context);
    const { runGenerate } = await import('../generate/run-generate.ts');
    const { io, flag, text } = context;
    return runGenerate(context, {
      target: context.argument as 'migrations' | 'zero' | undefined,
      check: flag('check'),
      watch: flag('watch'),
      json: flag('json'),
      config: text('config'),
      out: text('out'),
      name: text('name'),
      // What drizzle-kit prints while it asks would spoil the JSON.
      interactive: isInteractive(io) && !flag('json'),
    });
  },
};

const isInteractive = ({ stdout }: CommandContext['io']): boolean =>
  stdout.isTTY && process.stdin.isTTY;

/** It becomes part of a file's name. */
function refuseName(name: string | undefined): void {
  if (name === undefined || /^[A-Za-z0-9_-]{1,60}$/.test(name)) return;
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `--name ${JSON.stringify(name)} cannot be the name of a migration.`,
    fix: 'use letters, digits, _ and -, at most 60 of them.',
  });
}

/** It goes on for ever, and writes zero. */
function refuseWithWatch({ flag, argument }: CommandContext): void {
  if (!flag('watch')) return;
  const why = flag('check')
    ? '--check writes nothing, and --watch does.'
    : flag('json')
      ? '--json is one answer, and --watch gives no last one.'
      : argument === 'migrations'
        ? 'migrations are not written by --watch: there would be one for each time a file is saved.'
        : undefined;
  if (why === undefined) return;
  throw new ProblemError({
    code: 'cli/not-with-watch',
    message: why,
    fix: 'leave out one of them.',
  });
}
