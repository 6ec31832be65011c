/**
 * Compares the generated `Database` types with those of Supabase's own generator for the
 * migrated database, and type-checks `@supabase/supabase-js` against them:
 * `node test/supabase/run.ts`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { cases } from './cases.ts';
import { libraryUse, mcpUse } from './client-use.ts';

const here = import.meta.dirname;
const root = join(here, '../..');
if (!existsSync(join(here, 'node_modules'))) {
  // On Windows, npm is a script that needs a shell.
  execFileSync('npm', ['ci'], { cwd: here, stdio: 'inherit', shell: process.platform === 'win32' });
}
const { askOracle, format } = await import('./oracle.ts');

/** `Same` also compares the optional properties, which assignability ignores in part. */
const MUTUAL = `import type * as Ours from './ours.ts'
import type * as Theirs from './theirs.ts'
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
export const to = (ours: Ours.Database): Theirs.Database => ours
export const from = (theirs: Theirs.Database): Ours.Database => theirs
export const same: Same<Ours.Database, Theirs.Database> = true
export const constants: typeof Theirs.Constants = null as unknown as typeof Ours.Constants
export const back: typeof Ours.Constants = null as unknown as typeof Theirs.Constants
`;
const TSCONFIG = {
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    target: 'es2024',
    lib: ['es2024', 'dom'],
    module: 'nodenext',
    allowImportingTsExtensions: true,
    preserveSymlinks: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  },
};

const folder = mkdtempSync(join(tmpdir(), 'garden-supabase-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'));
let failed = 0;
let passed = 0;

for (const { name, open, types, wrong = [] } of cases) {
  const database = await open();
  try {
    const ours = await types('exact');
    const theirs = wrong.reduce(
      (text, [found, right]) => text.replace(found, right),
      await askOracle(database, schemasIn(ours)),
    );
    mkdirSync(join(folder, name));
    write(`${name}/ours.ts`, ours);
    write(`${name}/theirs.ts`, theirs);
    write(`${name}/client.ts`, await types('client'));
    write(`${name}/mutual.ts`, MUTUAL);
    const [own, expected] = [databaseIn(await format(ours)), databaseIn(theirs)];
    report(`${name}: the text of Database and Constants is the same`, own === expected, () => {
      write(`${name}/own.txt`, own);
      write(`${name}/expected.txt`, expected);
      const files = ['expected.txt', 'own.txt'].map((file) => join(folder, name, file));
      return spawnSync('diff', files, { encoding: 'utf8' }).stdout;
    });
  } finally {
    await database.close();
  }
}
write('library-use.ts', libraryUse);
write('mcp-use.ts', mcpUse);
write('tsconfig.json', JSON.stringify(TSCONFIG));
const { status, stdout } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder],
  { encoding: 'utf8' },
);
report(
  'the types are mutually assignable, and supabase-js accepts them',
  status === 0,
  () => stdout,
);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function report(what: string, isRight: boolean, explain: () => string): void {
  if (isRight) passed += 1;
  else failed += 1;
  process.stdout.write(`${isRight ? 'ok' : 'FAILED'}  ${what}\n${isRight ? '' : explain()}`);
}

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

/** The schemas that a generated module has. */
function schemasIn(module: string): readonly string[] {
  const [, constants = ''] = module.split('export const Constants = ');
  return [...constants.matchAll(/^ {2}(\S.*): \{$/gm)].map(([, key = '']) =>
    key.startsWith('"') ? (JSON.parse(key) as string) : key,
  );
}

/** The parts of a module that depend on the database: the helper types do not. */
function databaseIn(module: string): string {
  const [, database = ''] = /(export type Database = [^]*?\n\})\n/.exec(module) ?? [];
  const [, constants = ''] = /(export const Constants = [^]*)$/.exec(module) ?? [];
  return `${database}\n${constants}`;
}
