import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import semver from 'semver';

// Generates seed/data/packages.json and lockfile.json: `node seed/make-real-data.ts`.
// Queries the registry that npm is configured for, and only for the packages below.

/** Well-known packages and their tags. */
const wanted: Readonly<Record<string, string>> = {
  react: 'frontend ui framework',
  'react-dom': 'frontend ui',
  vue: 'frontend ui framework',
  svelte: 'frontend ui framework build',
  'solid-js': 'frontend ui framework',
  '@angular/core': 'frontend ui framework',
  next: 'frontend backend framework',
  astro: 'frontend framework build',
  zustand: 'frontend state',
  tailwindcss: 'frontend styling',
  postcss: 'styling build',
  express: 'backend http framework',
  hono: 'backend http framework',
  fastify: 'backend http framework',
  '@nestjs/core': 'backend framework',
  axios: 'http utility',
  ws: 'backend realtime',
  graphql: 'backend graph',
  'drizzle-orm': 'backend database orm',
  'drizzle-kit': 'database orm cli',
  'drizzle-zod': 'database validation',
  prisma: 'database orm cli',
  kysely: 'database orm types',
  pg: 'backend database',
  postgres: 'backend database',
  '@electric-sql/pglite': 'database',
  mysql2: 'backend database',
  'better-sqlite3': 'backend database',
  redis: 'backend database realtime',
  '@rocicorp/zero': 'frontend database sync',
  zod: 'validation types',
  valibot: 'validation types',
  typescript: 'types build',
  esbuild: 'build',
  vite: 'frontend build',
  rolldown: 'build',
  webpack: 'frontend build',
  vitest: 'testing',
  jest: 'testing',
  'playwright-core': 'testing',
  '@playwright/test': 'testing',
  'fast-check': 'testing',
  eslint: 'lint',
  oxlint: 'lint',
  prettier: 'lint',
  knip: 'lint monorepo',
  tsx: 'build cli',
  '@changesets/cli': 'devops monorepo cli',
  turbo: 'devops build monorepo',
  lodash: 'utility',
  'date-fns': 'dates utility',
  uuid: 'utility',
  nanoid: 'utility',
  chalk: 'cli',
  picocolors: 'cli',
  commander: 'cli',
  semver: 'utility',
  pino: 'backend logging devops',
  jose: 'backend security',
};

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly homepage?: string;
  readonly repository?: string | { readonly url?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Name, range, type, and the resolved version if it is known. */
type Need = readonly [name: string, range: string, type: string, resolved?: string];

function view<Answer>(...args: readonly string[]): Answer {
  const text = execFileSync('npm', ['view', ...args, '--json', '--prefer-offline'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 256 * 1024 * 1024,
  });
  return JSON.parse(text) as Answer;
}

/** The newest releases, and the newest prerelease if it is ahead of them. */
function choose(versions: readonly string[], latest: string): readonly string[] {
  const sorted = versions.filter((version) => semver.valid(version)).toSorted(semver.compare);
  const releases = sorted.filter((version) => !semver.prerelease(version));
  const ahead = sorted.filter((one) => semver.prerelease(one) && semver.gt(one, latest)).slice(-1);
  const kept = releases.slice(-10);
  return [...(kept.includes(latest) ? kept : [latest, ...kept.slice(1)]), ...ahead];
}

const known = new Map<string, readonly string[]>();
const manifests = new Map<string, readonly Manifest[]>();
for (const name of Object.keys(wanted)) {
  const { versions, 'dist-tags': tags } = view<{
    versions: string | readonly string[];
    'dist-tags': { latest: string };
  }>(name, 'versions', 'dist-tags');
  const all = typeof versions === 'string' ? [versions] : versions;
  known.set(name, all);
  const chosen = choose(all, tags.latest);
  const found = view<Manifest | readonly Manifest[]>(
    `${name}@${chosen.join(' || ')}`,
    'name',
    'version',
    'description',
    'homepage',
    'repository',
    'dependencies',
    'devDependencies',
    'peerDependencies',
    'optionalDependencies',
  );
  const list = (Array.isArray(found) ? found : [found]) as readonly Manifest[];
  manifests.set(
    name,
    list
      .filter(({ version }) => chosen.includes(version))
      .toSorted((a, b) => semver.compare(a.version, b.version)),
  );
  process.stdout.write('.');
}

function needsOf(manifest: Manifest, isNewest: boolean): readonly Need[] {
  const optional = manifest.optionalDependencies ?? {};
  const runtime = Object.entries(manifest.dependencies ?? {}).filter(
    ([name]) => !(name in optional),
  );
  return [
    ...runtime.map(([name, range]) => need(name, range, 'runtime')),
    ...Object.entries(manifest.peerDependencies ?? {}).map(([name, range]) =>
      need(name, range, 'peer'),
    ),
    ...Object.entries(optional).map(([name, range]) => need(name, range, 'optional')),
    ...(isNewest
      ? Object.entries(manifest.devDependencies ?? {}).map(([name, range]) =>
          need(name, range, 'dev'),
        )
      : []),
  ];
}

/** Only the packages above are queried, so only dependencies on them are resolved. */
function need(name: string, range: string, type: string): Need {
  const resolved = semver.validRange(range)
    ? semver.maxSatisfying([...(known.get(name) ?? [])], range)
    : null;
  return resolved === null ? [name, range, type] : [name, range, type, resolved];
}

const address = (text: string | undefined): string | null => {
  const url = text
    ?.replace(/^git\+/, '')
    .replace(/^git:\/\//, 'https://')
    .replace(/^(?:ssh:\/\/)?git@([^:/]+)[:/]/, 'https://$1/')
    .replace(/^github:/, 'https://github.com/')
    .replace(/\.git$/, '')
    .replace(/^(?=[\w-]+\/[\w.-]+$)/, 'https://github.com/');
  return url !== undefined && /^https?:\/\/[^\s"<>]+$/.test(url) ? url : null;
};

const packages = Object.entries(wanted).map(([name, tags]) => {
  const list = manifests.get(name) ?? [];
  const releases = list.filter(({ version }) => !semver.prerelease(version));
  const newest = releases.at(-1);
  const { repository } = newest ?? {};
  return {
    name,
    description: newest?.description ?? null,
    homepage: address(newest?.homepage),
    repository: address(typeof repository === 'string' ? repository : repository?.url),
    tags: tags.split(' '),
    versions: list.map((one) => ({ version: one.version, needs: needsOf(one, one === newest) })),
  };
});

interface Locked {
  readonly version?: string;
  readonly name?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Readonly<Record<string, Locked>>;
};

/** The version of `name` that a package at `path` imports: Node searches the folders upwards. */
function lockedVersion(path: string, name: string): string | undefined {
  for (let at = path; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    const found = lock.packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`];
    if (found !== undefined) return found.version;
    if (at === '') return undefined;
  }
}

const locked = Object.entries(lock.packages).flatMap(([path, entry]) => {
  if (path === '' || entry.link || entry.version === undefined) return [];
  const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 13);
  const list = (type: string, asked: Readonly<Record<string, string>> = {}): readonly Need[] =>
    Object.entries(asked).map(([need, range]) => {
      const version = lockedVersion(path, need);
      return version === undefined ? [need, range, type] : [need, range, type, version];
    });
  return [
    {
      name,
      version: entry.version,
      needs: [
        ...list('runtime', entry.dependencies),
        ...list('peer', entry.peerDependencies),
        ...list('optional', entry.optionalDependencies),
      ],
    },
  ];
});
const seen = new Set<string>();
const graph = locked
  .filter(({ name, version }) => {
    const key = `${name}@${version}`;
    return !seen.has(key) && seen.add(key);
  })
  .toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** One line per version, so that a diff shows the changes. */
const lines = (rows: readonly unknown[]): string =>
  `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`;
writeFileSync(
  new URL('data/packages.json', import.meta.url),
  `[\n${packages
    .map(({ versions, ...one }) => {
      const head = JSON.stringify(one).slice(0, -1);
      return `${head},"versions":[\n${versions.map((row) => JSON.stringify(row)).join(',\n')}\n]}`;
    })
    .join(',\n')}\n]\n`,
);
writeFileSync(new URL('data/lockfile.json', import.meta.url), lines(graph));
process.stdout.write(`\n${packages.length} packages, ${graph.length} locked versions\n`);
