// Packs the package, installs the tarball into empty projects as a user would, and compiles
// strict TypeScript that uses every entry point. Runs with the peers of this repository,
// then with the oldest and the newest supported ones.
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkInstalledSize, installedSize } from './installed-size.ts';
import { own, packInto, PackedProject, tested } from './packed-project.ts';
import { usePeers } from './use-peers.ts';

function installPacked(tarball: string): void {
  using project = new PackedProject();
  const install = (...names: readonly string[]): void =>
    project.install(tarball, ...names.map(tested));

  // The command line must report missing optional peers clearly.
  install('drizzle-orm', 'zod');
  process.stdout.write(checkInstalledSize(installedSize(project.folder, ['drizzle-orm', 'zod'])));
  project.run('npx', 'garden', '--help');
  const url = '--database-url=postgres://127.0.0.1:1/x';
  const missing = [
    ['migrate --app garden', 'database/no-pglite', '@electric-sql/pglite'],
    ['dev --app garden', 'servers/no-zero', '@rocicorp/zero'],
    [`migrate --app garden ${url}`, 'cli/missing-package', 'postgres'],
    [`worker ${url}`, 'cli/missing-package', 'postgres'],
    ['generate', 'cli/missing-package', 'esbuild'],
  ] as const;
  project.write('drizzle.config.ts', "export default { schema: './schema.ts' };\n");
  for (const [command, code, name] of missing) {
    const { status, stderr } = project.attempt('npx', 'garden', ...command.split(' '));
    if (status !== 2 || !stderr.startsWith(`${code}: `) || !stderr.includes(name)) {
      throw new Error(`garden ${command} without its peer ended with ${status}: ${stderr}`);
    }
  }

  install(
    'drizzle-orm',
    'zod',
    'typescript',
    '@electric-sql/pglite',
    '@types/node',
    'esbuild',
    'oxc-parser',
  );
  project.copyFixture();
  project.run('npx', 'tsc', '-p', '.');
  process.stdout.write(project.run('node', 'out/app.js'));
  project.run('npx', 'garden', 'generate', 'zero');
  const generated = project.read('client/zero-schema.gen.ts');
  if (!generated.includes('body: {') || generated.includes('draft')) {
    throw new Error(`garden generate zero wrote\n${generated}`);
  }
  process.stdout.write(project.run('npx', 'garden', 'migrate', '--app', 'garden'));

  // The oldest Node that package.json supports; npx runs the installed one.
  const oldest = own.engines.node.replace('>=', '');
  project.install(`node@${oldest}`, tested('drizzle-kit'), tested('libpg-query'));
  project.run('npx', 'garden', '--help');
  const file = join(project.folder, 'client/zero-schema.gen.ts');
  appendFileSync(file, 'export const drifted = true;\n');
  const { stdout: drift } = project.attempt('npx', 'garden', 'generate', '--check');
  if (!drift.includes('drifted')) throw new Error(`an old Node finds no drift: ${drift}`);
  project.run('npx', 'garden', 'generate');
  project.run('npx', 'garden', 'migrate', '--data', 'own');
  process.stdout.write(project.run('npx', 'node', 'out/app.js'));
}

const folder = mkdtempSync(join(tmpdir(), 'tarball-'));
try {
  const tarball = packInto(folder);
  installPacked(tarball);
  usePeers(tarball);
  console.info('the packed package installs, compiles, migrates and runs');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
