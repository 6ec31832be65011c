import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hasDrizzleConfig } from '../find-drizzle-config.ts';
import { PAGE_SCRIPTS, readPackageJson, SCRIPTS, type PackageJson } from './package-json.ts';

/** The contents of a folder before `garden init`. */
export interface FolderState {
  readonly folder: string;
  /**
   * - `empty`: no source.
   * - `drizzle`: a drizzle.config.ts, whose tables are not touched.
   * - `vite-react`: a page with Vite and React.
   * - `page`: another page, built by Vite or a framework.
   * - `node`: a package.json without a page.
   * - `other`: other files, or a project that `garden init` did not finish.
   */
  readonly kind: 'empty' | 'drizzle' | 'vite-react' | 'page' | 'node' | 'other';
  readonly packageJson: PackageJson | undefined;
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
  const lock = LOCKS.find(([file]) => existsSync(join(folder, file)));
  return {
    folder,
    kind: kindOf(folder, packageJson),
    packageJson,
    packageManager: lock?.[1] ?? 'npm',
  };
}

function kindOf(folder: string, packageJson: PackageJson | undefined): FolderState['kind'] {
  if (hasDrizzleConfig(folder)) return 'drizzle';
  if (readdirSync(folder).every((name) => NO_SOURCE.test(name))) return 'empty';
  const dependencies = { ...packageJson?.dependencies, ...packageJson?.devDependencies };
  const hasIndex = existsSync(join(folder, 'index.html'));
  if (FRAMEWORKS.some((name) => name in dependencies)) return 'page';
  // The page's index.html is written last: without it, these scripts are of an unfinished run.
  const { dev, build } = packageJson?.scripts ?? {};
  if (!hasIndex && dev === SCRIPTS.dev && build === PAGE_SCRIPTS.build) return 'other';
  if ('vite' in dependencies && 'react' in dependencies) return 'vite-react';
  if (hasIndex) return 'page';
  return packageJson === undefined ? 'other' : 'node';
}
