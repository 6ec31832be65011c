import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kit, testProject } from '../generate/project.fixture.ts';

const schema = ({
  plantDoc = 'What grows.',
  nameDoc = '/** As printed on the label. */',
  name = 'name',
} = {}) => `
import { text } from 'drizzle-orm/pg-core';
import { anyone, defineAccess, id, pgTable, role } from ${kit};

const { access } = defineAccess({ role: 'garden_user' });

/** ${plantDoc} */
export const plants = pgTable(
  'plants',
  {
    id: id(),
    ${nameDoc}
    ${name}: text().notNull(),
  },
  (t) => [...access(t, { read: anyone, insert: role('admin'), update: role('admin') })],
).enableRLS();

/** Where it grows. */
export const beds = pgTable('beds', { id: id(), place: text() }, (t) => [
  ...access(t, { read: anyone }),
]).enableRLS();
`;
const plain = `import { pgTable, text } from 'drizzle-orm/pg-core';\nexport const notes = pgTable('notes', { title: text(), id: text().primaryKey() });\n`;
const leftovers = (folder: string) =>
  readdirSync(folder).filter((name) => name.startsWith('.garden-generate-'));

describe.concurrent('garden generate', () => {
  test('writes changes in the order in which they run, and nothing on the next run', async () => {
    using project = testProject({ 'schema.ts': schema() });
    const first = await project.spawn(['--name', 'tables', '--json']);
    expect(first, first.out).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(first.out)).toEqual({
      findings: [],
      written: ['migrations/0000_tables.sql', 'migrations/0001_companion.sql'],
    });
    const files = project.migrations();
    expect(Object.keys(files).sort()).toEqual([
      '0000_tables.sql',
      '0001_companion.sql',
      'meta/0000_snapshot.json',
      'meta/0001_snapshot.json',
      'meta/_companion.json',
      'meta/_journal.json',
    ]);
    expect(files['0000_tables.sql']).toContain('CREATE TABLE "plants"');
    expect(files['0001_companion.sql']).toContain('create role "garden_user"');
    expect(files['0001_companion.sql']).toContain(`'What grows.'`);

    const again = await project.generate();
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to write') });
    const check = await project.generate(['--check', '--json']);
    expect(check.code).toBe(0);
    expect(JSON.parse(check.out)).toEqual({ missing: [], files: [], findings: [] });
    expect(project.migrations()).toEqual(files);

    project.write({ 'schema.ts': schema({ plantDoc: 'All that grows.', nameDoc: '' }) });
    const drifted = await project.generate(['--check']);
    expect(drifted).toMatchObject({
      code: 1,
      err: '',
      out: expect.stringContaining('All that grows.'),
    });
    const changed = await project.generate();
    expect(changed).toMatchObject({ code: 0, out: '+ migrations/0002_companion.sql\n' });
    const companion = project.migrations()['0002_companion.sql'];
    expect(companion).toMatch(/COMMENT ON COLUMN "?public"?."?plants"?."?name"? IS NULL/i);
    expect(companion).toContain(`'All that grows.'`);
    expect(companion).not.toContain('beds');

    // A rename without a terminal.
    const before = project.migrations();
    project.write({ 'schema.ts': schema({ name: 'title' }) });
    const rename = await project.generate();
    expect(rename).toMatchObject({ code: 1, out: 'Nothing was written.\n1 error; see above.\n' });
    expect(rename.err).toContain('generate/rename: ');
    expect(rename.err).toContain('public.plants: columns name → title');
    expect(project.migrations()).toEqual(before);
    const checked = await project.generate(['--check']);
    expect(checked).toMatchObject({ code: 1, err: '' });
    expect(checked.out).toContain('? public.plants: columns name → title');
    const json = await project.generate(['--check', '--json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      renames: ['public.plants: columns name → title'],
    });
    expect(leftovers(project.folder)).toEqual([]);
  });

  test('writes nothing if it is interrupted', async () => {
    using project = testProject({
      'schema.ts': `${schema()}
import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
writeFileSync('loading', '');
await setTimeout(500);`,
    });
    const ran = await project.spawn([], () => existsSync(join(project.folder, 'loading')));
    expect(ran).toMatchObject({ code: 130, out: '' });
    expect(ran.err).toContain('cli/interrupted: stopped by SIGINT. Nothing was written.');
    expect(readdirSync(project.folder).sort()).toEqual([
      'drizzle.config.ts',
      'loading',
      'node_modules',
      'package.json',
      'schema.ts',
    ]);
  });

  test('names a migration after its changes', async () => {
    using project = testProject({ 'schema.ts': plain });
    expect((await project.generate()).out).toBe('+ migrations/0000_create_notes.sql\n');
    project.write({ 'schema.ts': plain.replace('text()', 'text().notNull()') });
    expect((await project.generate()).out).toBe('+ migrations/0001_change_notes.sql\n');
    project.write({ 'schema.ts': plain.replace('export ', '') });
    expect((await project.generate()).out).toBe('+ migrations/0002_drop_notes.sql\n');
  });

  test.each(['../../evil', 'a b', '', 'x'.repeat(61)])('refuses --name %j', async (name) => {
    using project = testProject({ 'schema.ts': plain });
    const ran = await project.generate([`--name=${name}`]);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(/cli\/(bad-value|missing-value): /);
  });

  test.each([
    [['--check'], '--check writes nothing'],
    [['--json'], '--json prints one result'],
    [['migrations'], '--watch does not write migrations'],
  ])('refuses --watch with %j', async (others, why) => {
    using project = testProject({ 'schema.ts': plain });
    const ran = await project.generate([...others, '--watch']);
    expect(ran.code).toBe(2);
    expect(ran.out + ran.err).toContain('cli/not-with-watch');
    expect(ran.out + ran.err).toContain(why);
  });

  test.each([
    [['migrations', '--out', 'x'], '--out does not apply to migrations', 'drizzle.config.ts'],
    [['--out', 'x'], '--out needs a target', 'zero, json-schema or supabase'],
    [['--watch', '--out', 'x'], '--out needs a target', 'zero, json-schema or supabase'],
    [['zero', '--name', 'x'], '--name does not apply to zero', 'remove it'],
    [['supabase', '--name', 'x'], '--name does not apply to supabase', 'remove it'],
    [['--watch', '--name', 'x'], '--name does not apply to --watch', 'remove it'],
  ])('refuses %j', { timeout: 20_000 }, async (args, why, fix) => {
    using project = testProject({ 'schema.ts': plain });
    const ran = await project.generate(args);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain(`cli/not-with-target: ${why}`);
    expect(ran.err).toContain(fix);
    expect(existsSync(join(project.folder, 'x'))).toBe(false);
  });

  test('refuses a folder as config', async () => {
    using project = testProject({ 'schema.ts': plain, 'db/notes.md': '' });
    const ran = await project.generate(['--config', 'db']);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toBe(`generate/no-config: db is a folder.
    at  db
    fix pass a file in it.
`);
  });
});
