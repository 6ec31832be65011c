import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** The package with only its required peers. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'optional-peers-'));
  cpSync('package.json', join(folder, 'package.json'));
  cpSync('src', join(folder, 'src'), {
    recursive: true,
    filter: (path) => !/src\/apps$|\.(?:test|fixture)\.ts$/.test(path),
  });
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['drizzle-orm', 'drizzle-zod', 'zod']) {
    symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The output of a module that imports entry points by their files. */
async function run(code: string): Promise<string> {
  const file = join(folder, 'probe.ts');
  writeFileSync(file, code);
  const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: folder });
  return stdout;
}

const told = (call: string): string => `
  try { await ${call}; console.log('nothing was missing'); }
  catch (error) { console.log(JSON.stringify(error.problem ?? String(error))); }`;

describe('without the optional peers', () => {
  test('./server runs the guards', async () => {
    const printed = await run(`
      import { accessRules, bearer, createServer, guardQuery, guardSql } from './src/endpoints/index.ts';
      const rules = accessRules({});
      console.log(guardQuery({ table: 'notes' }, rules, {}).table, typeof guardSql, typeof createServer);`);
    expect(printed).toBe('notes function function\n');
  });

  test('./testing and ./migrations can be imported', async () => {
    const printed = await run(`
      import * as testing from './src/testing/index.ts';
      import * as migrations from './src/migrations/index.ts';
      console.log(typeof testing.compareAccess, typeof migrations.migrate);`);
    expect(printed).toBe('function function\n');
  });

  test.each<[string, string, string, string]>([
    [
      'createServer',
      'endpoints',
      `createServer({ apiKey: 'k', identity: () => undefined }).check()`,
      '@rocicorp/zero@>=1.9.0 <2',
    ],
    [
      'bearer',
      'endpoints',
      `bearer({ secret: 'x'.repeat(32) })(new Request('http://a', { headers: { authorization: 'Bearer a' } }))`,
      'jose@^6.0.0',
    ],
    [
      'testDatabase',
      'testing',
      `testDatabase({ folder: 'm' })`,
      '@electric-sql/pglite@>=0.5.0 <0.6',
    ],
    [
      'testSchema',
      'testing',
      `testSchema({}, { migrations: 'm' })`,
      '@electric-sql/pglite@>=0.5.0 <0.6',
    ],
    [
      'compareAccess',
      'testing',
      `compareAccess({ client: {}, rules: { claims: {}, tables: {} } })`,
      'fast-check@^4.0.0',
    ],
    [
      'migrate',
      'migrations',
      `migrate('postgres://127.0.0.1:1/a', { folder: 'm' })`,
      'postgres@^3.4.7',
    ],
  ])('%s() says what it needs in a sentence', async (name, room, call, peer) => {
    mkdirSync(join(folder, 'm/meta'), { recursive: true });
    writeFileSync(join(folder, 'm/meta/_journal.json'), '{"entries":[]}');
    const printed = await run(`
      import { ${name} } from './src/${room}/index.ts';
      ${told(call)}`);
    expect(JSON.parse(printed)).toMatchObject({
      code: 'setup/missing-package',
      message: expect.stringMatching(/^[^.]+ needs \S+, which is not installed\.$/),
      fix: `npm install "${peer}"`,
    });
  });
});
