import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';
import { ProblemError } from '../../problem.ts';
import type { Project } from './load-project.ts';
import { isRecord, readJson } from './read-json.ts';

export interface DrizzleKitOptions {
  /** Whether it may ask on our terminal; then it also prints there. */
  readonly interactive: boolean;
  readonly signal: AbortSignal;
}

/** A run of drizzle-kit: the migration that it wrote, if it did, and what it said. */
export interface Generated {
  readonly tag: string | undefined;
  readonly output: string;
}

/** Lets the project's own drizzle-kit write a migration, if the schema changed. */
export function generateSchemaMigration(
  project: Project,
  name: string | undefined,
  options: DrizzleKitOptions,
): Promise<Generated> {
  return newMigration(project, name === undefined ? [] : [`--name=${name}`], options);
}

/** Writes SQL of our own as a migration, with drizzle-kit's bookkeeping. Gives its tag. */
export async function writeCustomMigration(
  project: Project,
  name: string,
  statements: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const options = { interactive: false, signal };
  const { tag, output } = await newMigration(project, ['--custom', `--name=${name}`], options);
  if (tag === undefined) throw failed(project, 'wrote no migration', output);
  const text = ['-- Made by `garden generate` from the definitions.', ...statements]
    .join('\n--> statement-breakpoint\n')
    .replace('\n--> statement-breakpoint\n', '\n');
  await writeFile(join(project.out, `${tag}.sql`), `${text}\n`);
  return tag;
}

/** The project's own drizzle-kit. */
export function resolveDrizzleKit({ folder }: Project, request: string): string {
  try {
    return createRequire(join(folder, 'package.json')).resolve(request);
  } catch (cause) {
    throw new ProblemError(
      {
        code: 'generate/no-drizzle-kit',
        message: 'drizzle-kit is not installed in this project.',
        at: [folder],
        fix: 'npm install --save-dev drizzle-kit',
      },
      { cause },
    );
  }
}

/** drizzle-kit ends with 0 also where it failed, so that callers look at what it left. */
export function failed({ folder }: Project, how: string, output: string): ProblemError {
  const said = stripVTControlCharacters(output).trim();
  return new ProblemError({
    code: 'generate/drizzle-kit-failed',
    message: `drizzle-kit generate ${how}. Nothing was written.${said === '' ? '' : ` It said:\n${said}`}`,
    at: [folder],
    fix: 'mend what it names, and run this again. A rename needs a terminal to ask you on.',
  });
}

async function newMigration(
  project: Project,
  args: readonly string[],
  options: DrizzleKitOptions,
): Promise<Generated> {
  const before = await lastTag(project);
  const output = await runDrizzleKit(project, args, options);
  const after = await lastTag(project);
  return { tag: after === before ? undefined : after, output };
}

/** The journal is read before anything else is: drizzle-kit shows a stack for a damaged one. */
export async function lastTag({ out }: Project): Promise<string | undefined> {
  const journal = await readJson(join(out, 'meta/_journal.json'), isJournal);
  return journal?.entries.at(-1)?.tag;
}

interface Journal {
  readonly entries: readonly { readonly tag: string }[];
}

const isJournal = (value: unknown): value is Journal =>
  isRecord(value) &&
  Array.isArray(value['entries']) &&
  value['entries'].every((entry) => isRecord(entry) && typeof entry['tag'] === 'string');

async function runDrizzleKit(
  project: Project,
  args: readonly string[],
  { interactive, signal }: DrizzleKitOptions,
): Promise<string> {
  signal.throwIfAborted();
  const bin = join(dirname(resolveDrizzleKit(project, 'drizzle-kit')), 'bin.cjs');
  const child = spawn(
    process.execPath,
    [bin, 'generate', `--config=${project.configFile}`, ...args],
    {
      cwd: project.folder,
      stdio: interactive ? ['inherit', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    },
  );
  const stop = (): void => void child.kill();
  signal.addEventListener('abort', stop, { once: true });
  let output = '';
  child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (output += data.toString()));
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    signal.throwIfAborted();
    if (code !== 0) throw failed(project, `ended with ${code}`, output);
    return output;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
