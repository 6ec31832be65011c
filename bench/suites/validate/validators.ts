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

/** Our built command, in a folder. Without arguments, it checks the project there. */
export const ours = (root: string, cwd: string, ...args: readonly string[]): Validator => ({
  name: 'garden validate',
  process: {
    ...findsThings(cwd),
    file: process.execPath,
    args: [join(root, 'dist/main.js'), 'validate', '--format', 'json', ...args],
  },
  countFindings: (json) => (json as ListOf).findings?.length ?? 0,
});

/**
 * The peers as their binaries: without the start of Node that their npm packages add. Empty where
 * they are not installed, which is everywhere but on Linux x64.
 */
const peer = (
  { root, cwd, name }: { readonly root: string; readonly cwd: string; readonly name: string },
  binary: string,
  args: readonly string[],
): readonly Validator[] => {
  const file = join(root, 'bench/node_modules', binary);
  if (!existsSync(file)) return [];
  const countFindings = (json: unknown): number =>
    Array.isArray(json) ? json.length : ((json as ListOf).diagnostics?.length ?? 0);
  return [{ name, process: { ...findsThings(cwd), file, args }, countFindings }];
};

const PGLS = '@postgres-language-server/cli-x86_64-linux-gnu/postgres-language-server';
const PGLS_NAME = 'Postgres Language Server';

/** The peers on a migration. */
export const migrationPeers = (root: string, cwd: string, file: string): readonly Validator[] => [
  ...peer({ root, cwd, name: 'squawk' }, '@squawk-cli/linux-x64/bin/squawk', [
    '--reporter',
    'json',
    file,
  ]),
  ...peer({ root, cwd, name: PGLS_NAME }, PGLS, [
    'check',
    '--reporter=json',
    '--max-diagnostics=none',
    file,
  ]),
];

/** The peer on a database, with the rules of splinter. */
export const databasePeers = (root: string, cwd: string, url: string): readonly Validator[] =>
  peer({ root, cwd, name: PGLS_NAME }, PGLS, [
    'dblint',
    '--reporter=json',
    '--max-diagnostics=none',
    `--connection-string=${url}`,
  ]);

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
