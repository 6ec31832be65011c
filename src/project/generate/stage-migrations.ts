import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ProblemError } from '../../report/problem.ts';
import { cannotWrite } from './cannot-write.ts';
import type { Project } from '../load-project.ts';

/** The journal and the companion record are moved last: files that they do not list are ignored. */
const LAST = ['meta/_journal.json', 'meta/_companion.json'];

/**
 * Lets `work` write migrations into a copy of the folder, and moves them into the folder
 * only if everything succeeded. After a failure or an interruption, the folder is
 * unchanged.
 */
export async function stageMigrations<Result>(
  project: Project,
  work: (staged: Project) => Promise<Result>,
): Promise<Result> {
  // Next to the real folder: on the same file system, where a rename is atomic.
  const stage = makeStage(existingAbove(project.out));
  try {
    const out = join(stage, 'migrations');
    if (existsSync(project.out)) cpSync(project.out, out, { recursive: true });
    const journal = readIfThere(join(out, LAST[0]!));
    const configFile = join(stage, 'drizzle.config.json');
    writeFileSync(configFile, JSON.stringify(stagedConfig(project, out)));
    const result = await work({ ...project, out, configFile });
    if (readIfThere(join(project.out, LAST[0]!)) !== journal) throw changedMeanwhile(project);
    takeOver(out, project.out);
    return result;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

function makeStage(folder: string): string {
  try {
    return mkdtempSync(join(folder, '.garden-generate-'));
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

/**
 * The config has no credentials, because generating needs none. Paths are relative, because
 * drizzle-kit reads snapshots only by relative paths.
 */
function stagedConfig({ folder, settings, schemaFiles }: Project, out: string): object {
  const { casing, breakpoints, migrations } = settings;
  return {
    dialect: 'postgresql',
    schema: schemaFiles.map((file) => relative(folder, file).replace(/[*?[\](){}!+@\\]/g, '\\$&')),
    out: relative(folder, out),
    casing,
    breakpoints,
    migrations,
  };
}

/** Synchronous, so that no signal interrupts it. */
function takeOver(from: string, to: string): void {
  const files = readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(from, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((name) => readIfThere(join(from, name)) !== readIfThere(join(to, name)));
  const last = LAST.filter((name) => files.includes(name));
  for (const name of files.filter((one) => !LAST.includes(one))) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    copyFileSync(join(from, name), join(to, name));
  }
  for (const name of last) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    renameSync(join(from, name), join(to, name));
  }
}

function existingAbove(folder: string): string {
  const above = dirname(folder);
  return existsSync(above) ? above : existingAbove(above);
}

const readIfThere = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, 'utf8') : undefined;

const changedMeanwhile = ({ out }: Project): ProblemError =>
  new ProblemError({
    code: 'generate/changed-meanwhile',
    message: 'another process wrote a migration during this run. Nothing was written.',
    places: [{ file: out }],
    fix: 'run it again.',
  });
