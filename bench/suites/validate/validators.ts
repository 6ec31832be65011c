import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { ProcessContestant } from '../../frame/contest-processes.ts';

/** A program that validates, and how many findings its JSON has. */
export interface Validator {
  readonly name: string;
  readonly process: ProcessContestant;
  countFindings(json: unknown): number;
}

interface ListOf {
  readonly findings?: readonly unknown[];
  readonly diagnostics?: readonly unknown[];
}

/** Our built command, in the folder of a project. */
export const ours = (root: string, cwd: string): Validator => ({
  name: 'garden validate',
  process: {
    ...findsThings(cwd),
    file: process.execPath,
    args: [join(root, 'dist/main.js'), 'validate', '--format', 'json'],
  },
  countFindings: (json) => (json as ListOf).findings?.length ?? 0,
});

/**
 * The peers on a migration of the same schema, as their binaries: without the start of Node that
 * their npm packages add. Empty where they are not installed, which is everywhere but on Linux x64.
 */
export const peers = (root: string, cwd: string, migration: string): readonly Validator[] => {
  const modules = join(root, 'bench/node_modules');
  const all: readonly Validator[] = [
    {
      name: 'squawk',
      process: {
        ...findsThings(cwd),
        file: join(modules, '@squawk-cli/linux-x64/bin/squawk'),
        args: ['--reporter', 'json', migration],
      },
      countFindings: (json) => (json as readonly unknown[]).length,
    },
    {
      name: 'Postgres Language Server',
      process: {
        ...findsThings(cwd),
        file: join(
          modules,
          '@postgres-language-server/cli-x86_64-linux-gnu/postgres-language-server',
        ),
        args: ['check', '--reporter=json', '--max-diagnostics=none', migration],
      },
      countFindings: (json) => (json as ListOf).diagnostics?.length ?? 0,
    },
  ];
  return all.filter(({ process: { file } }) => existsSync(file));
};

/** Findings are the expected result. */
const findsThings = (cwd: string) => ({ cwd, codes: [0, 1] });

/** Runs a validator once, and counts what it finds. */
export async function countFindings(
  { process: { file, args = [], cwd }, countFindings: count }: Validator,
  signal: AbortSignal,
): Promise<number> {
  const output = await new Promise<string>((resolve, reject) => {
    const options = { cwd, signal, maxBuffer: 1e9 };
    execFile(file, args, options, (error, stdout) => {
      if (error && error.code !== 1) reject(error);
      else resolve(stdout);
    });
  });
  return count(JSON.parse(output));
}
