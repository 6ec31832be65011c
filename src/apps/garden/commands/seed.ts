import { relative } from 'node:path';
import { ProblemError } from '../../../report/problem.ts';
import type { SeedOptions } from '../seed/seed.ts';
import type { SeedResult } from '../seed/progress.ts';
import { jsonOption, type Command, type CommandContext } from '../../../command/command.ts';
import {
  chooseDatabase,
  databaseOptions,
  type DatabaseChoice,
} from '../../../command/choose-database.ts';
import { escapedJson } from '../../../command/escape-controls.ts';
import { openPgliteFolder } from '../../../postgres/open-pglite-folder.ts';
import { seedReporter } from './seed-reporter.ts';

export const seedGarden: Command = {
  name: 'seed',
  summary: 'fill a garden with real or synthetic packages',
  description: `Without --packages: inserts sixty well-known packages with their real versions and
dependencies, the first tags, and every package of this project's own lockfile.
With --packages: inserts synthetic packages up to that number, distributed like in real
registries: few packages have most dependents. They cover all four registries, prereleases,
yanked versions, unresolved dependencies, deleted packages and requests in every state.
The same numbers produce the same rows. Existing rows are kept: another run changes
nothing, and a run after an interrupted one continues where that stopped.`,
  options: [
    ...databaseOptions,
    { name: 'packages', value: 'N', help: 'total number of synthetic packages' },
    { name: 'real', help: 'with --packages, also insert the real packages' },
    {
      name: 'seed',
      value: 'NUMBER',
      help: 'seed of the random numbers',
      defaultText: '1',
    },
    {
      name: 'versions',
      value: 'MEAN',
      help: 'mean number of versions per synthetic package',
      defaultText: '10',
    },
    {
      name: 'dependencies',
      value: 'MEAN',
      help: 'mean number of dependencies per synthetic version',
      defaultText: '3',
    },
    jsonOption,
  ],
  examples: [
    {
      command: 'garden migrate --app garden && garden seed --app garden',
      meaning: 'a garden with real packages',
    },
    {
      command: 'DATABASE_URL=postgres://… garden seed --app garden --packages 100000',
      meaning: 'a garden for benchmarks: a million versions, three million dependencies',
    },
  ],
  whenInterrupted: 'Completed transactions are kept. Run it again to continue.',

  async run(context) {
    const { io, signal } = context;
    const options = readOptions(context);
    const choice = chooseDatabase(context);
    const json = context.flag('json');
    const reporter = seedReporter(io, context.paint);
    if (!json) {
      const place =
        choice.kind === 'url'
          ? choice.place
          : `an embedded Postgres (PGlite) in ${relative(io.cwd, choice.folder) || choice.folder}`;
      io.stdout.write(`${context.paint('bold', 'Seeding')} ${place}\n`);
    }
    const result = await seedChoice(choice, {
      ...options,
      signal,
      ...(!json && { onProgress: reporter.onProgress }),
    }).finally(reporter.end);
    if (json) io.stdout.write(`${escapedJson(result, 2)}\n`);
    else reporter.finish(result);
    return 0;
  },
};

async function seedChoice(choice: DatabaseChoice, options: SeedOptions): Promise<SeedResult> {
  const { seed } = await import('../seed/seed.ts');
  if (choice.kind === 'url') return seed(choice.url, options);
  const { client, close } = await openPgliteFolder(choice.folder, { create: false });
  try {
    return { ...(await seed(client, options)), database: choice.folder };
  } finally {
    await close();
  }
}

function readOptions(context: CommandContext): SeedOptions {
  const packages = readNumber(context, 'packages');
  return {
    packages,
    real: packages === undefined || context.flag('real'),
    seed: readNumber(context, 'seed'),
    versions: readNumber(context, 'versions'),
    dependencies: readNumber(context, 'dependencies'),
  };
}

/** Parses a number. The seed itself checks the range. */
function readNumber({ text }: CommandContext, name: string): number | undefined {
  const written = text(name);
  if (written === undefined) return undefined;
  const value = Number(written.replaceAll('_', ''));
  if (written.trim() !== '' && Number.isFinite(value)) return value;
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `--${name} is ${JSON.stringify(written)} but must be a number.`,
    fix: `for example --${name} ${name === 'packages' ? '20000' : '5'}.`,
  });
}
