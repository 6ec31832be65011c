import { relative, resolve } from 'node:path';
import { chooseDatabase } from '../command/choose-database.ts';
import type { CommandContext } from '../command/command.ts';
import { escapedJson } from '../command/escape-controls.ts';
import { useDatabase } from '../command/use-database.ts';
import type { Seed } from '../project/config.ts';
import { findSetting } from '../project/find-setting.ts';
import { newSeen } from '../project/seen.ts';
import { causesOf } from '../report/causes-of.ts';
import { ProblemError, type Problem } from '../report/problem.ts';
import type { ProjectSubject } from './subject.ts';

/** Runs the seed of a project's garden.config.ts in one transaction. */
export async function seedProject(
  context: CommandContext,
  project: ProjectSubject,
): Promise<number> {
  const { io, signal, paint, flag } = context;
  const seed = await loadSeed(project);
  const choice = chooseDatabase(context, project.database);
  const place =
    choice.kind === 'url' ? choice.place : relative(io.cwd, choice.folder) || choice.folder;
  const json = flag('json');
  if (!json) io.stdout.write(`${paint('bold', 'Seeding')} ${place} by ${seed.name}\n`);
  const tell = (text: string): void => void (json || io.stderr.write(`  ${text}\n`));
  await useDatabase(choice, signal, (db) =>
    db.transaction(async (tx) => {
      await seed.run({ db: tx, signal, tell }).catch((error: unknown) => {
        signal.throwIfAborted();
        throw seedFailed(seed.name, error);
      });
      signal.throwIfAborted();
    }),
  );
  io.stdout.write(json ? `${escapedJson({ database: place, seed: seed.name }, 2)}\n` : 'Done.\n');
  return 0;
}

/** Whether the problem is that the file does not exist. */
const isMissing = ({ places = [] }: Problem, file: string): boolean =>
  places[0]?.file === file && places[0].line === undefined;

/** An error in the seed itself, or a row that the database refuses. */
function seedFailed(name: string, error: unknown): ProblemError {
  const reason = [...causesOf(error)].at(-1)?.message ?? String(error);
  return new ProblemError(
    {
      code: 'seed/failed',
      message: `${name} failed: ${reason.replace(/\.?$/, '.')} Nothing was written.`,
      fix: 'correct the seed, and run it again.',
    },
    { cause: error },
  );
}

async function loadSeed({
  folder,
}: ProjectSubject): Promise<{ readonly run: Seed; readonly name: string }> {
  const { loadGardenConfig } = await import('../project/load-garden-config.ts');
  const { config, file } = await loadGardenConfig(folder, newSeen());
  if (config.seed === undefined || file === undefined) {
    throw new ProblemError({
      code: 'seed/none',
      message: 'garden.config.ts sets no seed.',
      places: [{ file: file ?? resolve(folder, 'garden.config.ts') }],
      fix: "set seed: './seed.ts' there; its default export is a function that receives { db }. Use --app NAME to seed an app of this package.",
    });
  }
  const { loadModules } = await import('../project/load-modules.ts');
  const module = resolve(folder, config.seed);
  const { modules } = await loadModules([module], 'config', newSeen()).catch((error: unknown) => {
    if (!(error instanceof ProblemError) || !isMissing(error.problem, module)) throw error;
    throw new ProblemError({ ...error.problem, places: [findSetting(file, ['seed'])] });
  });
  const run = modules[0]?.['default'];
  if (typeof run === 'function') return { run: run as Seed, name: config.seed };
  throw new ProblemError({
    code: 'seed/no-function',
    message: `${config.seed} does not export a function as default.`,
    places: [findSetting(file, ['seed'])],
    fix: 'write export default async function seed({ db }) { … }.',
  });
}
