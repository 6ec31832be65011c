import { existsSync, readFileSync } from 'node:fs';
import { ProblemError } from '../../report/problem.ts';

/** The part of a package.json that `garden init` reads and completes. */
export interface PackageJson {
  readonly name?: string;
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}

/** The scripts that `garden init` adds. */
export const SCRIPTS = { dev: 'garden dev', generate: 'garden generate', test: 'vitest run' };

/** Those that it adds together with a page. */
export const PAGE_SCRIPTS = { build: 'vite build' };

export function readPackageJson(file: string): PackageJson | undefined {
  if (!existsSync(file)) return undefined;
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw wrong(file, `package.json is not JSON: ${(error as Error).message}`);
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) {
    throw wrong(file, 'package.json is not an object');
  }
  return read;
}

const wrong = (file: string, message: string): ProblemError =>
  new ProblemError({
    code: 'init/package-json',
    message: `${message}.`,
    places: [{ file }],
    fix: 'correct it, or remove it: garden init writes a new one.',
  });
