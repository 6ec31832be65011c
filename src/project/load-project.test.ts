import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CONFIG, kit, testProject } from '../cli/generate/project.fixture.ts';

const notes = (name = 'notes') =>
  `import { pgTable, text } from 'drizzle-orm/pg-core';\nexport const notes = pgTable('${name}', { longName: text().primaryKey() });\n`;
const inFolder = CONFIG.replace('./schema.ts', './db');

describe.concurrent('a mistake of the user is a problem with its file, and no stack', () => {
  test.each<[string, Record<string, string>, readonly string[]]>([
    [
      'an import of a missing file',
      { 'schema.ts': `\nexport * from './nodes';`, 'notes.ts': notes() },
      ['generate/cannot-load', 'schema.ts:2', './nodes', 'correct the path of the import'],
    ],
    [
      'a missing package',
      { 'schema.ts': `import 'no-such-package';` },
      ['generate/cannot-load', 'no-such-package', 'npm install no-such-package'],
    ],
    [
      'a syntax error',
      { 'schema.ts': 'export const = 1;' },
      ['generate/cannot-load', 'schema.ts', 'correct the syntax'],
    ],
    [
      'two of them',
      { 'schema.ts': `import { x } from './nope';\nimport y from 'no-such-package';\nx(y);` },
      ['schema.ts:1', '"./nope"', 'schema.ts:2', '"no-such-package"'],
    ],
    [
      'a name that a package does not export',
      {
        'schema.ts': `export * from './types';`,
        'types.ts': `import { text } from 'drizzle-orm/pg-core';
import {
  bytea,
} from 'drizzle-orm/pg-core';
export const types = [text, bytea];`,
      },
      ['drizzle-orm/pg-core exports no bytea.', '    at  types.ts:3\n', 'another name than bytea'],
    ],
    [
      'a schema that ends the process',
      { 'schema.ts': `const done = true;\nif (done) process.exit(0);` },
      ['generate/cannot-load', 'process.exit(0)', 'schema.ts:2'],
    ],
    [
      'the same where it is caught',
      { 'schema.ts': `try { process.exit(0); } catch {}\n${notes()}` },
      ['generate/cannot-load', 'process.exit(0)', 'schema.ts:1'],
    ],
    [
      'an error in a timer',
      {
        'schema.ts': `setTimeout(() => {\n  throw new Error('too late');\n}, 1);
await new Promise((done) => setTimeout(done, 50));\n${notes()}`,
      },
      ['generate/cannot-load', 'too late', 'schema.ts:2'],
    ],
    [
      'a schema that throws',
      { 'schema.ts': `const x = 1;\nthrow new Error('no weather today');` },
      ['generate/cannot-load', 'no weather today', 'schema.ts:2'],
    ],
    [
      'the same in a folder that a route is called by',
      {
        "it's (my) app/schema.ts": `const x = 1;\nthrow new Error('no weather today');`,
        'drizzle.config.ts': `export default { schema: "./it's (my) app/*.ts" };`,
      },
      ['generate/cannot-load', "it's (my) app/schema.ts:2"],
    ],
    [
      "a table's third argument that throws",
      {
        'schema.ts': notes().replace(' });', " }, () => { throw new Error('no index today'); });"),
      },
      ['schema/constraints-throw', 'no index today', 'schema.ts:2  notes'],
    ],
    [
      'the same by an unknown column, in two tables',
      {
        'schema.ts': `import { pgTable, text, unique } from 'drizzle-orm/pg-core';
export const a = pgTable('a', { id: text() }, (t) => [unique().on((t as any).nix)]);
export const b = pgTable('b', { id: text() }, (t) => [unique().on((t as any).nix)]);`,
      },
      ['schema/constraints-throw', 'schema.ts:2  a', 'schema.ts:3  b'],
    ],
    [
      'a config with a syntax error',
      { 'drizzle.config.ts': `export default {` },
      ['generate/cannot-load-config', 'drizzle.config.ts:1', 'correct the syntax'],
    ],
    [
      'a config that throws',
      { 'drizzle.config.ts': `throw new Error('no config today');` },
      ['generate/cannot-load-config', 'no config today', 'drizzle.config.ts'],
    ],
    [
      'a refusal of the kit',
      {
        'schema.ts': `import { oneOf, pgTable } from ${kit};
import { text } from 'drizzle-orm/pg-core';
export const a = pgTable('a', { b: text() }, (t) => [oneOf(t.b, [])]);`,
      },
      ['kit/no-values', 'fix'],
    ],
    [
      'a refusal of the kit while the file runs',
      {
        'schema.ts': `import { defineAccess } from ${kit};
export const { access } = defineAccess({ claims: { sub: 'date' as never } });`,
      },
      ['access/claim-type', 'at  schema.ts:2  sub\n'],
    ],
    [
      'access from two calls',
      {
        'schema.ts': `import { anyone, defineAccess, id, pgTable } from ${kit};
const [one, other] = [defineAccess(), defineAccess()];
export const notes = pgTable('notes', { id: id() }, (t) => [...one.access(t, { read: anyone })]).enableRLS();
export const tags = pgTable('tags', { id: id() }, (t) => [...other.access(t, { read: anyone })]).enableRLS();`,
      },
      ['access/declared-twice', 'at  schema.ts:3  notes\n', 'at  schema.ts:4  tags\n'],
    ],
    [
      'rules that lead back to themselves',
      {
        'schema.ts': `import { defineAccess, exists, id, pgTable, anyone } from ${kit};
const { access } = defineAccess();
export const notes = pgTable('notes', { id: id() }, (t) => [
  ...access(t, { read: exists(() => notes, { id: t.id }, () => anyone, { rows: 'visible' }) }),
]).enableRLS();`,
      },
      ['access/cycle', 'at  schema.ts:3  notes read\n'],
    ],
    [
      'two checks of one name',
      {
        'schema.ts': `import { matches, notBlank, pgTable } from ${kit};
import { text } from 'drizzle-orm/pg-core';
export const a = pgTable('a', { b: text() }, (t) => [notBlank(t.b), matches(t.b, /^x/)]);`,
      },
      ['schema/duplicate-check', '"a_b_check"', 'schema.ts', 'its own name'],
    ],
    [
      'a damaged record',
      { 'schema.ts': notes(), 'migrations/meta/_companion.json': '{"before":' },
      ['generate/damaged', '_companion.json', 'version control'],
    ],
    [
      'a record of something else',
      { 'schema.ts': notes(), 'migrations/meta/_companion.json': '{"before":{"a":1},"after":{}}' },
      ['generate/damaged', '_companion.json'],
    ],
    [
      'a journal with two migrations of one time',
      {
        'schema.ts': notes(),
        'migrations/meta/_journal.json': JSON.stringify({
          entries: [0, 1].map((idx) => ({ idx, when: 5, tag: `000${idx}_a` })),
        }),
      },
      ['migrate/journal', '0000_a and 0001_a have the same time, 5.'],
    ],
    [
      'a damaged journal',
      { 'schema.ts': notes(), 'migrations/meta/_journal.json': '<<<<<<< ours' },
      ['migrate/journal', '_journal.json', 'merge conflict'],
    ],
    [
      'a damaged snapshot',
      { 'schema.ts': notes(), 'migrations/meta/0000_snapshot.json': '{"version":"1"}' },
      ['generate/damaged', '0000_snapshot.json'],
    ],
    [
      'casing',
      {
        'schema.ts': `import { anyone, defineAccess, id, pgTable } from ${kit};
import { text } from 'drizzle-orm/pg-core';
const { access } = defineAccess();
export const notes = pgTable('notes', { id: id(), longName: text() }, (t) => [
  ...access(t, { read: anyone }),
]).enableRLS();`,
        'drizzle.config.ts': CONFIG.replace(' }', ", casing: 'snake_case' }"),
      },
      ['generate/casing', 'schema.ts:4  notes.longName', "text('long_name')"],
    ],
    [
      'no prefix',
      {
        'schema.ts': notes(),
        'drizzle.config.ts': CONFIG.replace(' }', ", migrations: { prefix: 'none' } }"),
      },
      ['generate/prefix', '"none"', 'timestamp', 'drizzle.config.ts:1  migrations.prefix'],
    ],
    [
      'settings of the wrong kind, all at once',
      {
        'schema.ts': notes(),
        'drizzle.config.ts': `export default {
  schema: ['./schema.ts', null],
  out: 7,
  casing: 'kebab',
  breakpoints: 'yes',
  migrations: { prefix: 3 },
  dbCredentials: { url: process.env['NOWHERE'] },
};`,
      },
      [
        'generate/drizzle-config',
        'schema is a list, but must be a string or a list of names',
        'drizzle.config.ts:2  schema',
        'out is 7',
        'drizzle.config.ts:3  out',
        "casing is 'kebab', but must be 'snake_case' or 'camelCase'",
        'drizzle.config.ts:4  casing',
        "breakpoints is 'yes', but must be true or false",
        'drizzle.config.ts:6  migrations.prefix',
      ],
    ],
    [
      'a config that is none',
      { 'schema.ts': notes(), 'drizzle.config.ts': 'export default () => ({});' },
      ['generate/drizzle-config', 'default export is not an object', 'drizzle.config.ts'],
    ],
    [
      'two branches that are one',
      {
        'schema.ts': notes(),
        'migrations/meta/0000_snapshot.json': '{"id":"b","prevId":"a","version":"7"}',
        'migrations/meta/0001_snapshot.json': '{"id":"c","prevId":"a","version":"7"}',
      },
      ['generate/fork', '0000_snapshot.json', '0001_snapshot.json'],
    ],
    [
      'another database',
      { 'schema.ts': notes(), 'drizzle.config.ts': CONFIG.replace('postgresql', 'sqlite') },
      ['generate/dialect', 'sqlite', 'drizzle.config.ts:1  dialect'],
    ],
    [
      'an empty folder',
      { 'db/notes.md': '', 'drizzle.config.ts': inFolder },
      ['generate/schema-not-found', 'drizzle.config.ts:1  schema'],
    ],
  ])('%s', async (_, files, told) => {
    using project = testProject(files);
    const { code, out, err } = await project.generate(['--check']);
    const begun =
      !/^generate\/(?:no-|schema-not-found|cannot-load-config|dialect|drizzle-config|prefix)/.test(
        told[0] ?? '',
      );
    expect({ code, out }, err).toEqual({ code: begun ? 1 : 2, out: '' });
    for (const text of told) expect(err).toContain(text);
    expect(err).not.toMatch(/\n +at .*\(\S+:\d/);
  });
});

test.concurrent('a schema may be written as drizzle-kit takes it, though Node does not', async () => {
  using project = testProject({
    'package.json': '{}',
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./db/*"] } } }',
    'schema.ts': `import { Kind } from '@/kinds';
import { type Title, Shape } from './db/kinds';
import { pgTable, text } from 'drizzle-orm/pg-core';
export { notes } from './db';
export const kinds = pgTable(Kind.Own, { title: text().$type<Title | Shape>().primaryKey() });
console.assert(__dirname === import.meta.dirname && import.meta.url.endsWith('/schema.ts'));`,
    'db/kinds.ts': `export enum Kind { Own = 'own_kinds' }\nexport type Title = string;\nexport interface Shape {}\n`,
    'db/index.ts': notes(),
  });
  const { code, out, err } = await project.generate(['--check']);
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(out).toContain('CREATE TABLE "own_kinds"');
  expect(out).toContain('CREATE TABLE "notes"');
});

test.concurrent('the same in a separate process', async () => {
  using project = testProject({ 'schema.ts': 'export const = 1;' });
  const ran = await project.spawn(['--check']);
  expect(ran).toEqual(await project.generate(['--check']));
  expect(ran).toMatchObject({ code: 1, out: '' });
});

test.concurrent('a schema that waits forever is reported, and does not end the run', async () => {
  using project = testProject({ 'schema.ts': `await new Promise(() => {});` });
  const ran = await project.spawn(['zero']);
  expect(ran).toMatchObject({ code: 1, out: '' });
  expect(ran.err).toMatch(/^generate\/cannot-load: .* waits for a promise that never settles\./);
});

test.concurrent('a schema may be a folder, and two files of it share a name', async () => {
  using project = testProject({
    'drizzle.config.ts': inFolder,
    'db/a.ts': notes('a_notes'),
    'db/b.mts': notes('b_notes'),
    'db/notes.md': '',
    'db/deeper/c.ts': notes('c_notes'),
  });
  const { code, out } = await project.generate(['--check']);
  expect(code).toBe(1);
  expect(out).toContain('CREATE TABLE "a_notes"');
  expect(out).toContain('CREATE TABLE "b_notes"');
  expect(out).not.toContain('c_notes');
});

test.concurrent('links that lead nowhere, as editors leave them, are no files of the schema', async () => {
  using project = testProject({ 'drizzle.config.ts': inFolder, 'db/notes.ts': notes() });
  symlinkSync('me@machine.1', join(project.folder, 'db/.#notes.ts'));
  symlinkSync('loop.ts', join(project.folder, 'db/loop.ts'));
  for (const schema of ['./db', './db/*.ts', './db/{.#,}notes.ts']) {
    project.write({ 'drizzle.config.ts': CONFIG.replace('./schema.ts', schema) });
    expect(await project.generate(['zero'])).toMatchObject({ code: 0, err: '' });
  }
  project.write({ 'drizzle.config.ts': CONFIG.replace('./schema.ts', './db/loop.ts') });
  const { code, err } = await project.generate(['zero']);
  expect(code).toBe(2);
  expect(err).toContain('generate/schema-not-found');
});
