import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ProblemError } from '../../problem.ts';
import type { Project } from './load-project.ts';

/** Lets the project's own drizzle-kit write a migration, if the schema changed. Gives its tag. */
export function generateSchemaMigration(
  project: Project,
  name: string | undefined,
): Promise<string | undefined> {
  return newMigration(project, name === undefined ? [] : [`--name=${name}`]);
}

/** Writes SQL of our own as a migration, with drizzle-kit's bookkeeping. Gives its tag. */
export async function writeCustomMigration(
  project: Project,
  name: string,
  statements: readonly string[],
): Promise<string | undefined> {
  const tag = await newMigration(project, ['--custom', `--name=${name}`]);
  if (tag === undefined) return undefined;
  const text = ['-- Made by `garden generate` from the definitions.', ...statements]
    .join('\n--> statement-breakpoint\n')
    .replace('\n--> statement-breakpoint\n', '\n');
  await writeFile(join(project.out, `${tag}.sql`), `${text}\n`);
  return tag;
}

async function newMigration(
  project: Project,
  options: readonly string[],
): Promise<string | undefined> {
  const before = await lastTag(project);
  await runDrizzleKit(project, ['generate', `--config=${project.configFile}`, ...options]);
  const after = await lastTag(project);
  return after === before ? undefined : after;
}

async function lastTag({ out }: Project): Promise<string | undefined> {
  const text = await readFile(join(out, 'meta/_journal.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { entries } = JSON.parse(text) as { entries: readonly { tag: string }[] };
  return entries.at(-1)?.tag;
}

/** It asks about renames on a terminal, so it gets ours; what it prints is shown when it fails. */
async function runDrizzleKit(project: Project, args: readonly string[]): Promise<void> {
  const interactive = process.stdin.isTTY && process.stdout.isTTY;
  const child = spawn(process.execPath, [findBin(project), ...args], {
    cwd: project.folder,
    stdio: interactive ? ['inherit', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (output += data.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code === 0) return;
  throw new ProblemError({
    code: 'generate/drizzle-kit-failed',
    message: `drizzle-kit ${args[0] ?? ''} ended with ${code}.${output === '' ? '' : ` It said:\n${output.trim()}`}`,
    at: [project.configFile],
    fix: 'mend what it names, and run this again. A rename needs a terminal to ask you on.',
  });
}

function findBin(project: Project): string {
  try {
    const require = createRequire(join(project.folder, 'package.json'));
    return join(dirname(require.resolve('drizzle-kit')), 'bin.cjs');
  } catch (cause) {
    throw new ProblemError(
      {
        code: 'generate/no-drizzle-kit',
        message: 'drizzle-kit is not installed in this project.',
        at: [project.folder],
        fix: 'npm install --save-dev drizzle-kit',
      },
      { cause },
    );
  }
}
