import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { onTerminal } from '../../cli/generate/on-terminal.fixture.ts';
import { CONFIG, root, testProject, type TestProject } from '../../cli/generate/project.fixture.ts';

/** One object of each kind that drizzle-kit supports, not in alphabetical order. */
const SCHEMA = `
import { sql } from 'drizzle-orm';
import * as pg from 'drizzle-orm/pg-core';
export const shop = pg.pgSchema('shop');
export const mood = pg.pgEnum('mood', ['glad', "it's so"]);
export const numbers = pg.pgSequence('numbers', { startWith: 10 });
export const reader = pg.pgRole('reader').existing();
export const plants = pg.pgTable('plants', {
  id: pg.uuid().primaryKey(),
  name: pg.text().notNull().default("it's"),
  mood: mood(),
  height: pg.integer().generatedAlwaysAsIdentity(),
  bed: pg.uuid().references(() => beds.id, { onDelete: 'cascade' }),
}, (t) => [
  pg.check('plants_name_check', sql\`length(\${t.name}) < 9\`),
  pg.index('plants_name').on(t.name.desc().nullsFirst()).where(sql\`\${t.mood} is not null\`),
  pg.pgPolicy('plants_read', { for: 'select', to: 'public', using: sql\`true\` }),
]).enableRLS();
export const beds = pg.pgTable('beds', { id: pg.uuid().primaryKey(), place: pg.text() }, (t) => [
  pg.unique('beds_place_unique').on(t.place).nullsNotDistinct(),
]);
export const orders = shop.table('orders', { id: pg.serial().primaryKey() });
export const tall = pg.pgView('tall').as((db) => db.select().from(plants));
`;
const ORIGIN = '00000000-0000-0000-0000-000000000000';

test.each([
  { prefix: 'index', breakpoints: true },
  { prefix: 'timestamp', breakpoints: false },
])('writes what drizzle-kit would: %j', async (settings) => {
  const files = {
    'schema.ts': SCHEMA,
    'drizzle.config.ts': CONFIG.replace(
      ' }',
      `, migrations: { prefix: '${settings.prefix}' }, breakpoints: ${settings.breakpoints} }`,
    ),
  };
  using theirs = testProject(files);
  using ours = testProject(files);
  drizzleKit(theirs, '--name=tables');
  expect(await ours.generate(['--name=tables'])).toMatchObject({ code: 0, err: '' });
  const [expected, made] = [read(theirs), read(ours)];
  expect(made.sql).toEqual(expected.sql);
  expect(made.entries).toEqual(expected.entries);
  expect(made.snapshots).toEqual(expected.snapshots);
  expect(made.chain).toEqual(expected.chain);
});

test('drizzle-kit continues after our migration, which equals its own custom migration', async () => {
  const schema = (place = '') =>
    `${SCHEMA}\n/** Where it grows. */\nexport const spots = pg.pgTable('spots', { id: pg.uuid().primaryKey() ${place}});`;
  using project = testProject({ 'schema.ts': schema() });
  expect(await project.generate(['--name=tables', '--json'])).toMatchObject({
    out: expect.stringContaining('0001_companion'),
  });
  drizzleKit(project, '--custom', '--name=companion');
  const { sql, entries, snapshots, chain } = read(project);
  expect(entries[2]).toEqual({ ...entries[1], idx: 2, tag: 'N_companion' });
  expect(JSON.parse(snapshots[2]!)).toEqual(JSON.parse(snapshots[1]!));
  expect(chain).toEqual([ORIGIN, 0, 1]);
  expect(sql[2]).toContain('Custom SQL');

  // We also continue after its migration.
  project.write({ 'schema.ts': schema(', place: pg.text()') });
  expect((await project.generate()).out).toBe('+ migrations/0003_add_place_to_spots.sql\n');
  expect(read(project).chain).toEqual([ORIGIN, 0, 1, 2]);
  expect(read(project).sql[3]).toBe('ALTER TABLE "spots" ADD COLUMN "place" text;');
});

test.skipIf(process.platform !== 'linux')('asks on a terminal what was renamed', async () => {
  const schema = (name: string, first = '') =>
    `${first}\nimport { pgTable, text } from 'drizzle-orm/pg-core';\n/** What grows. */\nexport const plants = pgTable('plants', { /** As printed on the label. */ ${name}: text() });`;
  using project = testProject({ 'schema.ts': schema('name') });
  await project.generate();
  const before = project.migrations();

  // drizzle-kit exits with 0 even after a failure.
  const quits = `if (process.argv[1].endsWith('bin.cjs')) { console.log('so it is'); process.exit(0); }`;
  project.write({ 'schema.ts': schema('title', quits) });
  const failed = await onTerminal(project);
  expect(failed.out).toContain('so it is');
  expect(failed.out).toContain('generate/drizzle-kit-failed');
  expect(failed.code).toBe(1);
  expect(project.migrations()).toEqual(before);
  expect(readdirSync(project.folder).filter((name) => name.startsWith('.garden'))).toEqual([]);

  // Ctrl-C at drizzle-kit's prompt, while it uses our temporary config.
  project.write({ 'schema.ts': schema('title') });
  const left = await onTerminal(project, '\u0003');
  expect(left.out).toContain(
    'ended with 1, without an answer to its question. Nothing was written.',
  );
  expect(left.out).not.toContain('drizzle.config.json');
  expect(left.code).toBe(1);
  expect(project.migrations()).toEqual(before);

  const { code, out } = await onTerminal(project);
  expect(code, out).toBe(0);
  const after = project.migrations();
  expect(after['0002_rename.sql']).toBe('ALTER TABLE "plants" RENAME COLUMN "name" TO "title";');
  expect(after['0003_companion.sql']).toContain('As printed on the label');
});

function drizzleKit({ folder }: TestProject, ...args: readonly string[]): void {
  const bin = join(root, 'node_modules/drizzle-kit/bin.cjs');
  execFileSync(process.execPath, [bin, 'generate', ...args], { cwd: folder, stdio: 'pipe' });
}

interface Folder {
  readonly sql: readonly string[];
  readonly entries: readonly object[];
  /** The texts of the files without their ids. */
  readonly snapshots: readonly string[];
  /** The predecessor of each snapshot: its index, or an unknown id. */
  readonly chain: readonly (string | number)[];
}

/** The content of a migrations folder without random values and times. */
function read(project: TestProject): Folder {
  const files = project.migrations();
  const { entries } = JSON.parse(files['meta/_journal.json']!) as {
    entries: readonly { readonly tag: string; readonly when: number }[];
  };
  const prefix = ({ tag }: { readonly tag: string }): string => tag.slice(0, tag.indexOf('_'));
  const texts = entries.map((entry) => files[`meta/${prefix(entry)}_snapshot.json`]!);
  const parsed = texts.map((text) => JSON.parse(text) as { id: string; prevId: string });
  return {
    sql: entries.map(({ tag }) => files[`${tag}.sql`]!),
    entries: entries.map(({ tag, when, ...rest }) => ({
      ...rest,
      recent: Math.abs(Date.now() - when) < 60_000,
      digits: prefix({ tag }).length,
      tag: `N${tag.slice(tag.indexOf('_'))}`,
    })),
    snapshots: texts.map((text, at) =>
      text.replace(parsed[at]!.id, 'ID').replace(parsed[at]!.prevId, 'PREVIOUS'),
    ),
    chain: parsed.map(({ prevId }) => {
      const at = parsed.findIndex(({ id }) => id === prevId);
      return at === -1 ? prevId : at;
    }),
  };
}
