import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ProblemError } from '../../report/problem.ts';
import { requireVersions } from '../../report/require-versions.ts';
import { readJournal } from '../../migrations/read-journal.ts';
import type { Project } from '../load-project.ts';

export type DrizzleKitApi = typeof import('drizzle-kit/api');

/** The project's own drizzle-kit, in this process. */
export async function importDrizzleKit(project: Project): Promise<DrizzleKitApi> {
  return (await import(
    pathToFileURL(resolveDrizzleKit(project, 'drizzle-kit/api')).href
  )) as DrizzleKitApi;
}

/**
 * Lets drizzle-kit write the schema's migration, and ask about renames on the terminal.
 * Returns the migration's tag, or `undefined` if it wrote none.
 */
export async function askDrizzleKit(
  project: Project,
  name: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const before = lastTag(project);
  await runDrizzleKit(project, [`--name=${name}`], signal);
  const after = lastTag(project);
  return after === before ? undefined : after;
}

const lastTag = ({ out }: Project): string | undefined => readJournal(out)?.entries.at(-1)?.tag;

/**
 * Suppresses the line in which drizzle-kit names its config: a temporary file, which is
 * deleted at the end.
 */
const QUIET = `data:text/javascript,${encodeURIComponent(`const { log } = console;
console.log = (...words) => String(words[0]).includes('Reading config file') || log(...words);`)}`;

/** drizzle-kit also exits with 0 after a failure, so callers check its output files. */
export function failed({ folder }: Project, how: string): ProblemError {
  return new ProblemError({
    code: 'generate/drizzle-kit-failed',
    message: `drizzle-kit generate ${how}. Nothing was written.`,
    places: [{ file: folder }],
    fix: 'run the command again, and answer the questions of drizzle-kit. If it reports an error above, fix that first.',
  });
}

async function runDrizzleKit(
  project: Project,
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const bin = join(dirname(resolveDrizzleKit(project, 'drizzle-kit')), 'bin.cjs');
  const child = spawn(
    process.execPath,
    ['--import', QUIET, bin, 'generate', `--config=${project.configFile}`, ...args],
    { cwd: project.folder, stdio: 'inherit' },
  );
  const stop = (): void => void child.kill();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    signal.throwIfAborted();
    if (code !== 0) throw failed(project, `ended with ${code}, without an answer to its question`);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function resolveDrizzleKit({ folder }: Project, request: string): string {
  requireVersions(['drizzle-kit'], folder);
  try {
    return createRequire(join(folder, 'package.json')).resolve(request);
  } catch (cause) {
    throw new ProblemError(
      {
        code: 'generate/no-drizzle-kit',
        message: 'drizzle-kit is not installed in this project.',
        places: [{ file: folder }],
        fix: 'npm install --save-dev drizzle-kit',
      },
      { cause },
    );
  }
}
