// Packs the package, installs the tarball into an empty project as a user would,
// and compiles a strict TypeScript file there that uses every entry point.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const project = mkdtempSync(join(tmpdir(), 'packed-'));

function run(command: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(command, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    throw new Error(`${command} ${args.join(' ')} failed\n${stdout ?? ''}`, { cause: error });
  }
}

try {
  run('npm', ['pack', '--silent', '--pack-destination', project], root);
  const tarball = readdirSync(project).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error('npm pack wrote no tarball');

  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
    engines: { node: string };
  };
  const version = (name: string): string => `${name}@${own.devDependencies[name] ?? 'latest'}`;
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  const install = (...names: readonly string[]): string =>
    run('npm', ['install', '--silent', `./${tarball}`, ...names.map(version)], project);

  // The command line must report missing optional peers clearly.
  install('drizzle-orm', 'zod');
  run('npx', ['garden', '--help'], project);
  const url = '--database-url=postgres://127.0.0.1:1/x';
  const missing = [
    ['migrate --app garden', 'database/no-pglite', '@electric-sql/pglite'],
    ['dev --app garden', 'servers/no-zero', '@rocicorp/zero'],
    [`migrate --app garden ${url}`, 'cli/missing-package', 'postgres'],
    [`worker ${url}`, 'cli/missing-package', 'postgres'],
    ['generate', 'cli/missing-package', 'esbuild'],
  ] as const;
  writeFileSync(join(project, 'drizzle.config.ts'), "export default { schema: './schema.ts' };\n");
  for (const [command, code, name] of missing) {
    const { status, stderr } = spawnSync('npx', ['garden', ...command.split(' ')], {
      cwd: project,
      encoding: 'utf8',
    });
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
  cpSync(join(import.meta.dirname, 'fixture'), project, { recursive: true });
  run('npx', ['tsc', '-p', '.'], project);
  process.stdout.write(run('node', ['out/app.js'], project));
  run('npx', ['garden', 'generate', 'zero'], project);
  const generated = readFileSync(join(project, 'client/zero-schema.gen.ts'), 'utf8');
  if (!generated.includes('body: {') || generated.includes('draft')) {
    throw new Error(`garden generate zero wrote\n${generated}`);
  }
  process.stdout.write(run('npx', ['garden', 'migrate', '--app', 'garden'], project));

  // The oldest Node that package.json supports; npx runs the installed one.
  const [, oldest] = /^>=(\d+)$/.exec(own.engines.node) ?? [];
  const tools = [`node@${oldest}.0.0`, version('drizzle-kit'), version('libpg-query')];
  run('npm', ['install', '--silent', ...tools], project);
  run('npx', ['garden', '--help'], project);
  appendFileSync(join(project, 'client/zero-schema.gen.ts'), 'export const drifted = true;\n');
  const { stdout: drift } = spawnSync('npx', ['garden', 'generate', '--check'], {
    cwd: project,
    encoding: 'utf8',
  });
  if (!drift.includes('drifted')) throw new Error(`an old Node finds no drift: ${drift}`);
  run('npx', ['garden', 'generate'], project);
  run('npx', ['garden', 'migrate', '--data', 'own'], project);
  process.stdout.write(run('npx', ['node', 'out/app.js'], project));
  console.info('the packed package installs, compiles, migrates and runs');
} finally {
  rmSync(project, { recursive: true, force: true });
}
