import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../../report/problem.ts';
import { hasDrizzleConfig } from '../find-drizzle-config.ts';

/** The part of a package.json that `garden init` reads and completes. */
export interface PackageJson {
  readonly name?: string;
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}

/** The contents of a folder before `garden init`. */
export interface FolderState {
  readonly folder: string;
  /**
   * `empty` has no source; `drizzle` has a drizzle.config.ts, whose tables are not touched;
   * `other` is any other project.
   */
  readonly kind: 'empty' | 'drizzle' | 'other';
  readonly packageJson: PackageJson | undefined;
  /** Whether it already has a page, built by Vite or a framework. */
  readonly hasPage: boolean;
  readonly packageManager: PackageManager;
}

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** Files that an empty project may have. */
const NO_SOURCE =
  /^(?:\..*|node_modules|package\.json|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock|bun\.lockb?|readme(?:\.\w+)?|license(?:\.\w+)?|.*\.tgz)$/i;

const FRAMEWORKS = [
  'next',
  '@remix-run/react',
  '@tanstack/start',
  'expo',
  'astro',
  '@sveltejs/kit',
  'nuxt',
];

const LOCKS = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
] as const;

export function readFolderState(folder: string): FolderState {
  const packageJson = readPackageJson(join(folder, 'package.json'));
  const dependencies = { ...packageJson?.dependencies, ...packageJson?.devDependencies };
  const lock = LOCKS.find(([file]) => existsSync(join(folder, file)));
  return {
    folder,
    kind: hasDrizzleConfig(folder)
      ? 'drizzle'
      : readdirSync(folder).every((name) => NO_SOURCE.test(name))
        ? 'empty'
        : 'other',
    packageJson,
    hasPage:
      existsSync(join(folder, 'index.html')) || FRAMEWORKS.some((name) => name in dependencies),
    packageManager: lock?.[1] ?? 'npm',
  };
}

function readPackageJson(file: string): PackageJson | undefined {
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
