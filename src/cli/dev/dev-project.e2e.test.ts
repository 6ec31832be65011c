import {
  boolean,
  createSchema,
  defineMutators,
  defineQueries,
  string,
  table,
  Zero,
} from '@rocicorp/zero';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { crudMutators, tableQueries } from '../../guard/index.ts';
import { newId } from '../../kit/index.ts';
import { familyOf, processOf, type RunningProcess } from '../../processes/process-tree.ts';
import { devProject, type DevProject, type RunningDev } from './dev-project.fixture.ts';

const ADA = '0190a5a0-0000-7000-8000-00000000ada0';
const BEN = '0190a5a0-0000-7000-8000-00000000be00';
const SEEDED = newId();

interface Choices {
  /** The read rule of notes. */
  readonly read?: string;
  /** More columns of notes. */
  readonly columns?: string;
  /** The column `number` of tags. */
  readonly number?: string;
}

const schemaFile = ({
  read = 'anyone',
  columns = "draft: text('draft'),",
  number = "serial('number')",
}: Choices = {}): string => `
import { anyone, defineAccess, id, owner, pgTable } from '@techgarden/schema/kit';
import { boolean, integer, serial, text, uuid } from 'drizzle-orm/pg-core';

export const { access } = defineAccess();

export const notes = pgTable(
  'notes',
  { id: id(), createdBy: uuid('created_by').notNull(), title: text('title').notNull(), ${columns} },
  (t) => [
    ...access(t, { read: ${read}, insert: owner(t.createdBy), update: owner(t.createdBy) }),
  ],
).enableRLS();

export const tags = pgTable('tags', { id: id(), name: text('name').notNull(), number: ${number} }, (t) => [
  ...access(t, { read: anyone }),
]).enableRLS();
`;

const FILES = {
  'drizzle.config.ts':
    "export default { dialect: 'postgresql', schema: './schema.ts', out: './migrations' };\n",
  'garden.config.ts': `import { defineGarden } from '@techgarden/schema/config';
export default defineGarden({ zero: {}, seed: './seed.ts', dev: { mutators: './mutators', principals: { Ada: { sub: '${ADA}' } } } });
`,
  'schema.ts': schemaFile(),
  'mutators.ts': `import { defineMutators } from '@rocicorp/zero';
import { crudMutators } from '@techgarden/schema/sync';
import { schema } from './zero-schema.gen';
export const mutators = defineMutators({ rows: crudMutators(schema) });
`,
  'index.html':
    '<!doctype html><title>Notes</title><script type="module" src="/page.js"></script>\n',
  'page.js': 'document.title = import.meta.env.VITE_ZERO_URL;\n',
  'seed.ts': `import { notes, tags } from './schema';
export default async ({ db }) => {
  await db.insert(notes).values({ id: '${SEEDED}', createdBy: '${ADA}', title: 'seeded', draft: 'x' });
  await db.insert(tags).values({ id: '${newId()}', name: 'first' });
};
`,
};

const tagsTable = table('tags').columns({ id: string(), name: string() }).primaryKey('id');
const noteColumns = {
  id: string(),
  createdBy: string().from('created_by'),
  title: string(),
};
const narrow = createSchema({
  tables: [table('notes').columns(noteColumns).primaryKey('id'), tagsTable],
});
const wide = createSchema({
  tables: [
    table('notes')
      .columns({ ...noteColumns, pinned: boolean().optional() })
      .primaryKey('id'),
    tagsTable,
  ],
});

let project: DevProject;
let dev: RunningDev;
let signInUrl: string;
let cacheUrl: string;
let family: readonly RunningProcess[] = [];
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  project = devProject(FILES);
  dev = project.dev([]);
  [, signInUrl = ''] = await dev.untilSaid(/sign in\s+(http:[^\s?]+)/);
  [, cacheUrl = ''] = await dev.untilSaid(/zero-cache {2,}(http:\S+)/);
  await dev.untilSaid(/Ctrl-C stops everything/);
});
afterAll(async () => {
  await Promise.all(open.map((client) => client.close()));
  await project[Symbol.asyncDispose]();
});

async function connect(sub: string, schema: typeof narrow | typeof wide = narrow) {
  const response = await fetch(signInUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(signInUrl).origin },
    body: JSON.stringify({ sub }),
  });
  const { token } = (await response.json()) as { token: string };
  // Zero types its default schema, which is the garden's in this repository.
  const queries = defineQueries({ rows: tableQueries(schema as typeof narrow) });
  const mutators = defineMutators({ rows: crudMutators(schema as typeof narrow) });
  const zero = new Zero({
    schema: schema as never,
    mutators: mutators as never,
    context: { roles: [] },
    cacheURL: cacheUrl,
    kvStore: 'mem',
    userID: sub,
    auth: token,
    logSink: { log: () => {} },
    onUpdateNeeded: () => {},
  });
  open.push(zero);
  let rows: readonly Record<string, unknown>[] = [];
  const view = zero.materialize(queries.rows.notes() as never) as unknown as {
    addListener(listen: (found: readonly Record<string, unknown>[]) => void): void;
  };
  view.addListener((found) => (rows = found.map((row) => ({ ...row }))));
  return {
    titles: () => rows.map(({ title }) => title).toSorted(),
    rows: () => rows,
    insert: (row: Record<string, unknown>) =>
      (zero.mutate as never as (request: unknown) => { server: Promise<{ type: string }> })(
        mutators.rows.notes.insert({ id: newId(), createdBy: sub, title: '', ...row } as never),
      ).server,
  };
}

const patient = { timeout: 25_000, interval: 50 };

test('Vite serves the page of the project, with the address of zero-cache', async () => {
  const [, page = ''] = await dev.untilSaid(/notes {8}(http:\S+)/);
  expect(await (await fetch(page)).text()).toContain('<title>Notes</title>');
  expect(await (await fetch(`${page}page.js`)).text()).toContain(`"${cacheUrl}"`);
});

test('two principals sync, and a write that no rule allows is refused', async () => {
  const [ada, ben] = await Promise.all([connect(ADA), connect(BEN)]);
  await expect.poll(ada.titles, patient).toEqual(['seeded']);
  expect(await ben.insert({ title: 'by Ben' })).toMatchObject({ type: 'success' });
  await expect.poll(ada.titles, patient).toEqual(['by Ben', 'seeded']);
  expect(await ben.insert({ title: 'forged', createdBy: ADA })).toMatchObject({ type: 'error' });
  expect(dev.said()).toContain('2 migrations applied');
});

test('other commands find the database', async () => {
  const why = await project.garden('rules', '--why', 'notes', SEEDED, '--as', 'anonymous');
  expect(why).toMatchObject({
    code: 0,
    said: expect.stringMatching(/id = \S+ in the database of garden dev, on port \d+\n/),
  });
  const seed = await project.garden('seed');
  expect(seed.said).toMatch(/^Seeding the database of garden dev, on port \d+ by \.\/seed\.ts\n/);
  expect(seed.said, 'the rows exist').toContain('seed/failed: ./seed.ts failed: duplicate key');
});

test('a rule that is narrowed takes rows from an open page', async () => {
  const ada = await connect(ADA);
  await expect.poll(ada.titles, patient).toEqual(['by Ben', 'seeded']);
  project.write({ 'schema.ts': schemaFile({ read: 'owner(t.createdBy)' }) });
  await dev.untilSaid(/migrated: .*; wrote zero-rules\.gen\.ts; restarted the server/);
  const start = performance.now();
  await expect.poll(ada.titles, patient).toEqual(['seeded']);
  expect(performance.now() - start).toBeLessThan(8000);
});

test('an error in the schema is reported, and the last valid state continues', async () => {
  const from = dev.said().length;
  project.write({ 'schema.ts': 'export const notes = pgTable(' });
  await dev.untilSaid(/generate\/cannot-load: .*\n.*\n? +fix/, from);
  await dev.untilSaid(/The last valid state continues to run/, from);
  const ben = await connect(BEN);
  await expect.poll(ben.titles, patient).toEqual(['by Ben']);
});

test('a column with data is not dropped until `garden generate` accepts it', async () => {
  const from = dev.said().length;
  const before = readdirSync(join(project.folder, 'migrations'));
  project.write({ 'schema.ts': schemaFile({ read: 'owner(t.createdBy)', columns: '' }) });
  await dev.untilSaid(/dev\/would-lose-data: .*DROP COLUMN "draft";.*\(1 row\)/, from);
  await dev.untilSaid(/The last valid state continues to run/, from);
  expect(readdirSync(join(project.folder, 'migrations'))).toEqual(before);
  expect(await project.garden('generate')).toMatchObject({ code: 0 });
  await dev.untilSaid(/✓ migrated: .*drop_draft_from_notes/, from);
});

test('a migration that the database refuses is not kept, and is tried once', async () => {
  const from = dev.said().length;
  const before = readdirSync(join(project.folder, 'migrations'));
  const columns = "size: text('size').notNull(),";
  project.write({ 'schema.ts': schemaFile({ read: 'owner(t.createdBy)', columns }) });
  await dev.untilSaid(/migrate\/\S+: .*The migration was not kept\./s, from);
  await dev.untilSaid(/The last valid state continues to run/, from);
  expect(readdirSync(join(project.folder, 'migrations'))).toEqual(before);
  await sleep(1500);
  expect(
    dev
      .said()
      .slice(from)
      .match(/was not kept/g),
  ).toHaveLength(1);
});

test('a pending migration that the database refuses is printed once per change', async () => {
  const from = dev.said().length;
  const printed = () =>
    dev
      .said()
      .slice(from)
      .match(/migrate\/\S+: /g)?.length;
  const migrations = join(project.folder, 'migrations');
  cpSync(migrations, join(project.folder, 'kept'), { recursive: true });
  expect(await project.garden('generate')).toMatchObject({ code: 0 });
  await expect.poll(printed, patient).toBe(1);
  await sleep(1500);
  expect(printed()).toBe(1);
  project.write({ 'schema.ts': `${project.read('schema.ts')}\n` });
  await expect.poll(printed, patient).toBe(2);
  rmSync(migrations, { recursive: true });
  cpSync(join(project.folder, 'kept'), migrations, { recursive: true });
});

test('a column that is added arrives, and zero-cache is not restarted for it', async () => {
  const from = dev.said().length;
  const columns = "pinned: boolean('pinned').default(false),";
  project.write({ 'schema.ts': schemaFile({ read: 'owner(t.createdBy)', columns }) });
  await dev.untilSaid(/migrated: .*restarted the server/, from);
  expect(project.read('zero-schema.gen.ts')).toContain('pinned');
  const wider = async () => {
    const ben = await connect(BEN, wide);
    await expect.poll(ben.titles, { timeout: 2000 }).toEqual(['by Ben']);
    return ben;
  };
  const ben = await wider().catch(wider).catch(wider);
  await expect.poll(ben.rows, patient).toMatchObject([{ pinned: false }]);
  expect(dev.said().slice(from)).not.toContain('zero-cache');
});

test.each([
  ['an identity', "integer('number').generatedByDefaultAsIdentity()"],
  ['a serial again', "serial('number')"],
  ['an integer', "integer('number').notNull()"],
])('a published serial with values becomes %s', async (_, number) => {
  const from = dev.said().length;
  const columns = "pinned: boolean('pinned').default(false),";
  project.write({ 'schema.ts': schemaFile({ read: 'owner(t.createdBy)', columns, number }) });
  await dev.untilSaid(/✓ migrated: /, from);
  expect(dev.said().slice(from)).not.toContain('lose-data');
});

test('a zero-cache that is killed returns at the same address, by name', async () => {
  const from = dev.said().length;
  family = await familyOf(dev.child.pid ?? -1);
  const cache = family.find(({ command }) => /zero\S*cli\.js/.test(command));
  process.kill(cache?.pid ?? -1, 'SIGKILL');
  await dev.untilSaid(/! zero-cache ended unexpectedly, and is started again in 0.25 s/, from);
  await dev.untilSaid(/✓ zero-cache runs again/, from);
  const ben = await connect(BEN, wide);
  await expect.poll(ben.titles, patient).toEqual(['by Ben']);
});

test('zero-cache restarts at the same address for another publication', async () => {
  const cacheId = async (): Promise<number | undefined> =>
    (await familyOf(dev.child.pid ?? -1)).find(({ command }) => /zero\S*cli\.js/.test(command))
      ?.pid;
  const before = await cacheId();
  const from = dev.said().length;
  const config = FILES['garden.config.ts'].replace('zero: {}', "zero: { publication: 'own_zero' }");
  project.write({ 'garden.config.ts': config });
  await dev.untilSaid(/✓ migrated: .*; zero-cache copied the tables of the new publication/, from);
  expect(dev.said().slice(from)).not.toContain('unexpectedly');
  expect(await cacheId()).not.toBe(before);
  const ben = await connect(BEN, wide);
  await expect.poll(ben.titles, patient).toEqual(['by Ben']);
});

test('Ctrl-C stops everything', async () => {
  family = await familyOf(dev.child.pid ?? -1);
  dev.child.kill('SIGINT');
  expect(await dev.ended).toBe(0);
  const left = await Promise.all(family.map(({ pid }) => processOf(pid)));
  expect(left.filter((one) => one && !one.command.includes('<defunct>'))).toEqual([]);
  expect(existsSync(join(project.folder, '.garden/project.lock'))).toBe(false);
});
