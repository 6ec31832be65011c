import { spawn } from 'node:child_process';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import process from 'node:process';
import type { Finding, Problem } from '../../src/report/problem.ts';

/** A project, and the folder in it for the configs and the output of the trial. */
export interface Trial {
  readonly name: string;
  /** The working directory of the command. */
  readonly cwd: string;
  readonly folder: string;
  readonly config: string;
  readonly zeroFile: string;
  readonly migrations: string;
}

export interface Generated {
  readonly exitCode: number;
  readonly seconds: number;
  readonly findings: readonly Finding[];
  /** The reason if nothing was written. */
  readonly problems: readonly Problem[];
  /** Its output other than JSON. */
  readonly stderr: string;
}

const main = join(import.meta.dirname, '../../src/main.ts');

/** Adds separate configs to a project, whose files are not changed. */
export async function layTrial(target: string): Promise<Trial> {
  const path = resolve(target);
  const file = (await stat(path)).isDirectory() ? join(path, 'drizzle.config.ts') : path;
  const cwd = dirname(file);
  const folder = join(cwd, 'garden-trial');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  const config = join(folder, 'drizzle.config.ts');
  await writeFile(
    config,
    `import config from '../${basename(file)}';\nexport default { ...config, out: './garden-trial/migrations' };\n`,
  );
  await writeFile(join(folder, 'garden.config.ts'), "export default { zero: { out: 'zero' } };\n");
  return {
    name: relative(process.cwd(), cwd) || basename(cwd),
    cwd,
    folder,
    config,
    zeroFile: join(folder, 'zero/zero-schema.gen.ts'),
    migrations: join(folder, 'migrations'),
  };
}

/** Runs `garden generate` in the project, with or without a target. */
export async function generate(trial: Trial, ...args: readonly string[]): Promise<Generated> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [main, 'generate', ...args, '--config', trial.config, '--json'],
    { cwd: trial.cwd, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const [stdout, stderr, exitCode] = await Promise.all([
    new Response(child.stdout as never).text(),
    new Response(child.stderr as never).text(),
    new Promise<number>((done) => child.on('close', (code) => done(code ?? -1))),
  ]);
  const seconds = (performance.now() - began) / 1000;
  const { findings = [], problem, others = [] } = parse(stdout, stderr);
  const problems = problem === undefined ? [] : [problem, ...others];
  return { exitCode, seconds, findings, problems, stderr };
}

interface Answer {
  readonly findings?: readonly Finding[];
  readonly problem?: Problem;
  readonly others?: readonly Problem[];
}

function parse(stdout: string, stderr: string): Answer {
  for (const text of [stdout, stderr]) {
    try {
      return JSON.parse(text.slice(text.indexOf('{'))) as Answer;
    } catch {
      // The other folder may contain it.
    }
  }
  return {};
}
