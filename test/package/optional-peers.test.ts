import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** The package with only its required peers. */
let folder: string;
let answers: Readonly<Record<string, unknown>>;
beforeAll(async () => {
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
  mkdirSync(join(folder, 'm/meta'), { recursive: true });
  writeFileSync(join(folder, 'm/meta/_journal.json'), '{"entries":[]}');
  answers = await run();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Calls that need a peer: name, room, code and peer. */
const CALLS = [
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
  ['testDatabase', 'testing', `testDatabase({ folder: 'm' })`, '@electric-sql/pglite@>=0.5.0 <0.6'],
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
] as const;

/** Runs all calls in one process, which imports the entry points by their files. */
async function run(): Promise<typeof answers> {
  const calls = CALLS.map(
    ([name, room, call]) => `
      try { const { ${name} } = ${room}; await ${call}; answers.${name} = 'nothing was missing'; }
      catch (error) { answers.${name} = error.problem ?? String(error); }`,
  );
  const file = join(folder, 'probe.ts');
  writeFileSync(
    file,
    `import * as endpoints from './src/server.ts';
     import * as testing from './src/testing.ts';
     import * as migrations from './src/migrations/index.ts';
     const { accessRules, guardQuery, guardSql } = endpoints;
     const guarded = guardQuery({ table: 'notes' }, accessRules({}), {}).table;
     const answers: Record<string, unknown> = { guarded, guardSql: typeof guardSql };
     ${calls.join('\n')}
     console.log(JSON.stringify(answers));`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: folder });
  return JSON.parse(stdout) as typeof answers;
}

describe('without the optional peers', () => {
  test('the entry points can be imported, and ./server runs the guards', () => {
    expect(answers).toMatchObject({ guarded: 'notes', guardSql: 'function' });
  });

  test.each(CALLS)('%s() of %s names the missing package', (name, _room, _call, peer) => {
    expect(answers[name]).toMatchObject({
      code: 'setup/missing-package',
      message: expect.stringMatching(/^[^.]+ needs \S+, which is not installed\.$/),
      fix: `npm install "${peer}"`,
    });
  });
});
