import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** The package beside zod 3.25, which npm installs with --legacy-peer-deps. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zod-3-'));
  const modules = join(folder, 'node_modules');
  cpSync('package.json', join(folder, 'package.json'));
  cpSync('src', join(folder, 'src'), { recursive: true });
  mkdirSync(modules);
  for (const name of readdirSync('node_modules')) {
    if (name === 'zod' || name === 'drizzle-zod') continue;
    symlinkSync(resolve('node_modules', name), join(modules, name));
  }
  // A link would import zod from its real folder.
  cpSync('node_modules/drizzle-zod', join(modules, 'drizzle-zod'), { recursive: true });
  cpSync('node_modules/zod', join(modules, 'zod'), { recursive: true });
  makeOld(join(modules, 'zod/package.json'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** zod 3.25 has version 3 at its root, version 4 below `v4`, and no `mini` beside it. */
function makeOld(file: string): void {
  const zod = JSON.parse(readFileSync(file, 'utf8')) as { exports: Record<string, unknown> };
  const { '.': _, './mini': _mini, './compile': _compile, ...others } = zod.exports;
  const exports = { '.': './v3/index.js', ...others };
  writeFileSync(file, JSON.stringify({ ...zod, version: '3.25.76', exports }));
}

async function run(code: string): Promise<string> {
  const file = join(folder, 'probe.ts');
  writeFileSync(file, code);
  const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: folder });
  return stdout.trim();
}

test('the validators and the mutators of a page do their work', async () => {
  const printed = await run(`
    import { pgTable, text } from 'drizzle-orm/pg-core';
    import { insertSchema } from './src/zod/index.ts';
    import { schemas } from './src/apps/garden/zod/index.ts';
    import { mutators, queries } from './src/apps/garden/zero/index.ts';
    const notes = insertSchema(pgTable('notes', { title: text('title').notNull() }));
    console.log(notes.safeParse({ title: 'a' }).success, notes.safeParse({ title: 1 }).success);
    console.log(typeof schemas, typeof mutators, typeof queries);`);
  expect(printed).toBe('true false\nobject object object');
});

/** Calls that need zod 4: name, file and code. */
const CALLS = [
  [
    'gardenServer',
    'apps/garden/server/index.ts',
    `gardenServer({ apiKey: 'k', identity: () => undefined })`,
  ],
  ['createServer', 'server.ts', `createServer({ apiKey: 'k', identity: () => undefined })`],
  ['testDatabase', 'testing.ts', `testDatabase({ folder: 'm' })`],
  ['testSchema', 'testing.ts', `testSchema({}, { database: 'postgres://127.0.0.1:1/a' })`],
  ['readMigrations', 'migrations/index.ts', `readMigrations('m')`],
  ['migrate', 'migrations/index.ts', `migrate('postgres://127.0.0.1:1/a', { folder: 'm' })`],
] as const;

describe('a call that needs zod 4', () => {
  let answers: Readonly<Record<string, unknown>>;
  // In one process: each would strip the types of the same files again.
  beforeAll(async () => {
    const calls = CALLS.map(
      ([name, file, call]) => `
        try {
          const { ${name} } = await import('./src/${file}');
          await ${call};
          answers.${name} = 'nothing was refused';
        } catch (error) { answers.${name} = error.problem ?? String(error); }`,
    );
    answers = JSON.parse(
      await run(`const answers: Record<string, unknown> = {};
        ${calls.join('')}
        console.log(JSON.stringify(answers));`),
    ) as typeof answers;
  });

  test.each(CALLS)('%s() names the zod that is needed', (name) => {
    expect(answers[name]).toMatchObject({
      code: 'package/version',
      message: '@techgarden/schema needs zod ^4.0.0, but 3.25.76 is installed.',
      fix: 'npm install "zod@^4.0.0"',
    });
  });
});
