import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'oxfmt';
import { describe, expect, test } from 'vitest';
import { kit, testProject, type TestProject } from '../generate/project.fixture.ts';

/** A schema in two files, with custom types, a join table and custom names. */
const files = {
  'tsconfig.json': '{ "compilerOptions": { "module": "nodenext" } }',
  'types.ts': 'export interface Settings { theme: "light" | "dark" }\n',
  'schema.ts': `
import { relations } from 'drizzle-orm';
import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Settings } from './types';

/** Who writes. */
export const users = pgTable('user', {
  id: text().primaryKey(),
  settings: jsonb().$type<Settings>().notNull(),
});
export const groups = pgTable('group', { id: text().primaryKey() });
export const members = pgTable(
  'member',
  {
    userId: text('user_id').notNull().references(() => users.id),
    groupId: text('group_id').notNull().references(() => groups.id),
  },
  (t) => [primaryKey({ columns: [t.userId, t.groupId] })],
);
export const userRelations = relations(users, ({ many }) => ({ memberships: many(members) }));
export const groupRelations = relations(groups, ({ many }) => ({ members: many(members) }));
export const memberRelations = relations(members, ({ one }) => ({
  user: one(users, { fields: [members.userId], references: [users.id] }),
  group: one(groups, { fields: [members.groupId], references: [groups.id] }),
}));
`,
};
const read = ({ folder }: TestProject, name = 'zero-schema.gen.ts'): string =>
  readFileSync(join(folder, name), 'utf8');

describe.concurrent('garden generate zero', () => {
  test('writes the schema, then nothing, then what changed', async () => {
    using project = testProject(files);
    const first = await project.generate(['zero']);
    expect(first).toMatchObject({
      code: 0,
      err: '',
      out: '+ zero-schema.gen.ts\n+ zero-checks.gen.ts\n',
    });
    const text = read(project);
    expect(text).toContain("import type { Settings } from './types.js';");
    expect(text).toContain("users: {\n      name: 'users',\n      serverName: 'user',");
    // A derived relation through the join table.
    expect(text).toMatch(/users: \{\s+groups: \[/);
    // There are no rules, and migrations were not requested.
    expect(existsSync(join(project.folder, 'zero-rules.gen.ts'))).toBe(false);
    expect(existsSync(join(project.folder, 'migrations'))).toBe(false);

    expect(await project.generate(['zero'])).toMatchObject({
      code: 0,
      out: 'Nothing to write: everything is up to date.\n',
    });
    expect(await project.generate(['zero', '--check'])).toMatchObject({ code: 0, err: '' });

    const name = 'zero-schema.gen.ts';
    const { code: formatted } = await format(name, text, { printWidth: 60 });
    expect(formatted).not.toBe(text);
    project.write({ [name]: formatted });
    expect(await project.generate(['zero', '--check'])).toMatchObject({ code: 0, err: '' });
    expect((await project.generate(['zero'])).out).toMatch(/^Nothing to write/);
    expect(read(project)).toBe(formatted);

    project.write({ [name]: text.replace("id: { type: 'string' },", '/** One more. */\n') });
    const shown = await project.generate(['zero', '--check', '--json']);
    expect(shown).toMatchObject({ code: 1, err: '' });
    expect(JSON.parse(shown.out)).toEqual({
      missing: [],
      files: [
        {
          file: name,
          exists: true,
          missing: ["        id: { type: 'string' },"],
          extra: ['        /** One more. */', ''],
        },
      ],
      findings: [],
    });
    rmSync(join(project.folder, name));
    const gone = JSON.parse((await project.generate(['zero', '--check', '--json'])).out) as object;
    expect(gone).toMatchObject({
      files: [{ file: name, exists: false, missing: text.split('\n'), extra: [] }],
    });
    expect((await project.generate(['zero', '--check'])).out).toMatch(
      /^\+ zero-schema\.gen\.ts, which is not there\n/,
    );
    project.write({ [name]: text });

    project.write({
      'schema.ts': files['schema.ts'].replace("'group', {", "'group', { title: text(),"),
    });
    const drifted = await project.generate(['zero', '--check']);
    expect(drifted).toMatchObject({ code: 1, err: '' });
    expect(drifted.out).toContain('`garden generate zero` to write the changes.');
    expect(drifted.out).toContain("+         title: { type: 'string', optional: true },");
    expect(read(project)).toBe(text);
    expect(await project.generate(['zero'])).toMatchObject({ code: 0 });
    expect(read(project)).toContain('title: {');
  });

  test('writes to the folder of --out or the config, and the publication into the migrations', async () => {
    using project = testProject({
      ...files,
      'garden.config.ts': `export default { zero: { out: 'client', tables: { groups: false } } };`,
    });
    const ran = await project.generate(['--name', 'first', '--json']);
    expect(ran, ran.out).toMatchObject({ code: 0, err: '' });
    const { written, findings } = JSON.parse(ran.out) as {
      written: string[];
      findings: { code: string }[];
    };
    expect(written).toContain('client/zero-schema.gen.ts');
    expect(written).toContain('migrations/0000_first.sql');
    expect(findings.map(({ code }) => code)).toEqual(['zero/relation-left-out']);
    const companion = Object.values(project.migrations()).join('\n');
    expect(companion).toMatch(/create publication "?zero_data"?/);
    expect(companion).toContain('"public"."member" ("user_id", "group_id")');
    expect(companion).not.toContain('"public"."group" (');
    expect(await project.generate(['--check'])).toMatchObject({ code: 0 });
    expect(await project.generate(['zero', '--out', 'elsewhere'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('elsewhere/zero-schema.gen.ts'),
    });
  });

  test('reports and excludes invalid parts, and writes the rest', async () => {
    const wrong = files['schema.ts']
      .replace(
        'fields: [members.userId], references: [users.id]',
        'fields: [members.userId], references: [users.uid]',
      )
      .replace("'group', {", "'group', { at: point(),")
      .replace('{ jsonb,', '{ jsonb, point,');
    using project = testProject({
      ...files,
      'schema.ts': `${wrong}\nexport const keyless = pgTable('keyless', { word: text() });\n`,
    });
    const ran = await project.generate(['zero']);
    expect(ran.code).toBe(1);
    const lineOf = (part: string): number =>
      wrong.split('\n').findIndex((line) => line.includes(part)) + 1;
    expect(ran.err).toContain(`schema.ts:${lineOf('users.uid')}`);
    expect(ran.err).toContain(`schema.ts:${lineOf('at: point()')}`);
    expect(ran.err).toContain('keyless');
    expect(ran.err).not.toMatch(/\n +at .*\(/);
    expect(ran.out).toMatch(/2 errors and \d warnings?; see above/);
    const text = read(project);
    expect(text).toContain('members: {');
    expect(text).not.toContain('keyless');
    expect(text).not.toContain('at: {');

    // Relations do not affect migrations: reported, but not an error.
    const migrated = await project.generate(['migrations', '--json']);
    const { findings } = JSON.parse(migrated.out) as { findings: { severity: string }[] };
    expect(migrated.code).toBe(0);
    expect(findings).toMatchObject([
      {
        severity: 'warning',
        stage: 'relations',
        object: 'members.user',
        places: expect.arrayContaining([
          { file: 'schema.ts', line: 20, name: 'users.memberships' },
        ]),
      },
    ]);
  });

  test('reports a table whose third argument throws with its place, and writes the others', async () => {
    using project = testProject({
      'garden.config.ts': "export default { zero: { tables: { notes: { name: 'note' } } } };",
      'schema.ts': `import { pgTable, text, unique } from 'drizzle-orm/pg-core';
export const tags = pgTable('tags', { id: text().primaryKey() });
export const notes = pgTable('notes', { id: text().primaryKey() }, (t) => [
  unique().on((t as any).nix),
]);`,
    });
    const ran = await project.generate(['zero']);
    expect(ran).toMatchObject({ code: 1, out: expect.stringContaining('+ zero-schema.gen.ts') });
    expect(ran.err).toMatch(
      /constraints-throw: .* notes uses nix, .*\n {4}at {2}schema.ts:[34] {2}notes/,
    );
    expect(ran.err).not.toContain('unknown-name');
    expect(read(project)).toContain('tags: {');
    expect(read(project)).not.toContain('notes');
    const checked = await project.generate(['zero', '--check']);
    expect(checked).toMatchObject({
      code: 1,
      out: 'Up to date, except for 1 error (see above).\n',
    });
    // A migration without the table's constraints would drop them.
    await project.generate();
    expect(existsSync(join(project.folder, 'migrations'))).toBe(false);
  });

  test('changes no files for a schema without tables', async () => {
    using project = testProject({
      'schema.ts': 'export const notes = 1;',
      'zero-schema.gen.ts': 'as it was',
    });
    const ran = await project.generate(['zero']);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch(/^schema\/no-tables: .*\n {4}at {2}schema.ts\n/);
    expect(read(project)).toBe('as it was');
  });

  test('changes no files if no table is left to sync', async () => {
    using project = testProject({
      ...files,
      'garden.config.ts': `export default {
  zero: { only: ['users'], tables: { users: false } },
};`,
      'zero-schema.gen.ts': 'as it was',
    });
    const ran = await project.generate(['zero']);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/^zero\/no-tables: .*\n {4}at {2}garden.config.ts\n/);
    expect(read(project)).toBe('as it was');
  });

  test('uses casing, a list and a glob of the drizzle-kit config for both targets', async () => {
    const table = (name: string): string =>
      `import { check, pgTable, text } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
export const ${name} = pgTable('${name}', { ${name}Id: text().primaryKey(), asWritten: text('Other') },
  (t) => [check('long', sql\`length(\${t.${name}Id}) > 1\`)]);`;
    using project = testProject({
      'drizzle.config.ts': `export default { dialect: 'postgresql', casing: 'snake_case', out: './migrations',
  schema: ['./one.ts', './parts/**/*.ts'] };`,
      'garden.config.ts': 'export default { zero: {} };',
      'one.ts': table('first'),
      'parts/deep/two.ts': table('second'),
      'parts/three.ts': table('third'),
    });
    const ran = await project.generate(['--name', 'all']);
    expect(ran, ran.err).toMatchObject({ code: 0, err: '' });
    const text = read(project);
    const companion = Object.values(project.migrations()).join('\n');
    for (const name of ['first', 'second', 'third']) {
      expect(text).toContain(`${name}Id: { type: 'string', serverName: '${name}_id' }`);
      expect(companion).toContain(`"${name}_id" text PRIMARY KEY`);
      expect(companion).toContain(`CHECK (length("${name}"."${name}_id") > 1)`);
      expect(companion).toContain(`"public"."${name}" ("${name}_id", "Other")`);
    }
  });

  test('changes the publication before it drops a listed column', async () => {
    using project = testProject({ ...files, 'garden.config.ts': 'export default { zero: {} };' });
    await project.generate(['--name', 'first']);
    project.write({
      'schema.ts': files['schema.ts'].replace('settings: jsonb().$type<Settings>().notNull(),', ''),
      'garden.config.ts': 'export default { zero: { publication: false } };',
    });
    expect(await project.generate(['--name', 'second'])).toMatchObject({ code: 0, err: '' });
    const statements = Object.entries(project.migrations())
      .filter(([name]) => /^\d+_.*\.sql$/.test(name))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, sql]) => sql);
    const at = (what: RegExp): number => statements.findLastIndex((sql) => what.test(sql));
    expect(at(/drop publication if exists "zero_data";/)).toBe(statements.length - 2);
    expect(at(/DROP COLUMN "settings"/)).toBe(statements.length - 1);
  });

  test('exits with 2 if it cannot start, and prints places relative to the working directory', async () => {
    using project = testProject({ 'schema.ts': files['schema.ts'], 'types.ts': files['types.ts'] });
    expect(await project.generate(['zero', '--config', 'none.ts'])).toMatchObject({ code: 2 });
    project.write({ taken: 'a file' });
    const refused = await project.generate(['zero', '--out', 'taken']);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain('generate/cannot-write');
    // Node's recursive mkdir would never return here.
    expect(await project.generate(['zero', '--out', '/proc/nope/deeper'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('generate/cannot-write'),
    });
    // As in drizzle-kit, paths in a config are relative to the working directory.
    project.write({ 'etc/kit.ts': "export default { schema: './schema.ts' };" });
    expect(await project.generate(['zero', '--config', 'etc/kit.ts'])).toMatchObject({ code: 0 });
    expect(read(project, 'etc/zero-schema.gen.ts')).toContain("from '../types");
    project.write({ 'drizzle.config.ts': "export default { schema: './none.ts' };" });
    const missing = await project.generate(['zero']);
    expect(missing).toMatchObject({ code: 2, out: '' });
    expect(missing.err).toContain('at  drizzle.config.ts:1  schema\n');
  });

  test('writes the rules as data if there are any', async () => {
    using project = testProject({
      'schema.ts': `
import { text } from 'drizzle-orm/pg-core';
import { anyone, defineAccess, id, pgTable } from ${kit};
const { access } = defineAccess();
export const notes = pgTable('notes', { id: id(), body: text() }, (t) => [
  ...access(t, { read: anyone }),
]).enableRLS();
`,
    });
    expect(await project.generate(['zero'])).toMatchObject({ code: 0, err: '' });
    const text = read(project, 'zero-rules.gen.ts');
    expect(text).toContain("import type { AccessRules } from '@techgarden/schema/server';");
    expect(text).toContain("read: { op: 'anyone' }");
  });
});
