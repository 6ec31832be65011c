import { resolve } from 'node:path';
import { describeChoice, placeOf, type DatabaseChoice } from '../command/choose-database.ts';
import type { CommandContext } from '../command/command.ts';
import { escapedJson } from '../command/escape-controls.ts';
import { useDatabase } from '../command/use-database.ts';
import type { Seed, SeedContext } from '../project/config.ts';
import { causesOf } from '../report/causes-of.ts';
import { ProblemError } from '../report/problem.ts';
import { chooseWithDev } from './dev/running-database.ts';
import type { ProjectSubject } from './subject.ts';

/** Runs the seed of a project's garden.config.ts in one transaction. */
export async function seedProject(
  context: CommandContext,
  project: ProjectSubject,
): Promise<number> {
  const { io, signal, paint, flag } = context;
  const seed = await loadSeed(project.folder);
  const choice = await chooseWithDev(context, project);
  const place = describeChoice(choice, io.cwd);
  const json = flag('json');
  if (!json) io.stdout.write(`${paint('bold', 'Seeding')} ${place} by ${seed.name}\n`);
  const tell = (text: string): void => void (json || io.stderr.write(`  ${text}\n`));
  await runSeed(seed, choice, { signal, tell });
  io.stdout.write(
    json
      ? `${escapedJson({ database: placeOf(choice, io.cwd), seed: seed.name }, 2)}\n`
      : 'Done.\n',
  );
  return 0;
}

/** Runs a seed in one transaction. */
export async function runSeed(
  seed: LoadedSeed,
  choice: DatabaseChoice,
  { signal, tell }: Pick<SeedContext, 'signal' | 'tell'>,
): Promise<void> {
  await useDatabase(choice, signal, (db) =>
    db.transaction(async (tx) => {
      await seed.run({ db: tx, signal, tell }).catch((error: unknown) => {
        signal.throwIfAborted();
        throw seedFailed(seed, error);
      });
      signal.throwIfAborted();
    }),
  );
}

/** The problem of a seed that throws or writes a row that the database refuses. */
function seedFailed({ name, file }: LoadedSeed, error: unknown): ProblemError {
  const reason = [...causesOf(error)].at(-1)?.message ?? String(error);
  return new ProblemError(
    {
      code: 'seed/failed',
      message: `${name} failed: ${reason.replace(/\.?$/, '.')} Nothing was written.`,
      places: [{ file }],
      fix: 'correct the seed, and run it again.',
    },
    { cause: error },
  );
}

export interface LoadedSeed {
  readonly run: Seed;
  /** As in garden.config.ts. */
  readonly name: string;
  readonly file: string;
}

/** Loads the seed of the project in a folder. */
export async function loadSeed(folder: string): Promise<LoadedSeed> {
  const { loadSettingModule } = await import('../project/load-setting-module.ts');
  const { exports, name, place } = await loadSettingModule(folder, 'seed', {
    code: 'seed/none',
    fix: "set seed: './seed.ts' there; its default export is a function that receives { db }. Use --app NAME to seed an app of this package.",
  });
  const run = exports['default'];
  if (typeof run === 'function') return { run: run as Seed, name, file: resolve(folder, name) };
  throw new ProblemError({
    code: 'seed/no-function',
    message: `${name} does not export a function as default.`,
    places: [place],
    fix: 'write export default async function seed({ db }) { … }.',
  });
}
