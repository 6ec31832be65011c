import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testProject } from '../generate/project.fixture.ts';

const SCHEMA = `import { pgTable, text, uuid, integer } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: uuid('id').primaryKey() });
export const notes = pgTable('notes', { title: text('title') });
export const kinds = pgTable('kinds', { id: integer('id').primaryKey(), first: integer('first') });
`;
const config = (settings: string): string => `export default { validate: ${settings} };\n`;

describe.concurrent('garden generate and the lint rules', () => {
  test('errors are printed after the files, and do not fail the command', async () => {
    using project = testProject({ 'schema.ts': SCHEMA });
    const { code, out, err } = await project.generate(['--name', 'a']);
    expect(code).toBe(0);
    expect(err).toContain(
      'lint/no-primary-key: notes has no primary key.\n    at  schema.ts:3  notes\n',
    );
    expect(out).toMatch(
      /0000_a\.sql\n.*garden validate: 1 error; see above\. The generated files do not depend on it\.\n$/s,
    );
    expect(existsSync(join(project.folder, 'migrations/0000_a.sql'))).toBe(true);
    const json = await project.generate(['--check', '--json']);
    expect(json.code).toBe(0);
    expect(JSON.parse(json.out)).toMatchObject({
      lint: [{ code: 'lint/no-primary-key', places: [{ file: 'schema.ts', line: 3 }] }],
    });
  });

  test('warnings are left to garden validate', async () => {
    using project = testProject({
      'schema.ts': SCHEMA,
      'garden.config.ts': config(`{ rules: { 'lint/no-primary-key': 'warning' } }`),
    });
    const { code, out, err } = await project.generate();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).not.toContain('garden validate');
  });

  test("generate: 'fail' writes the files, and exits with 1", async () => {
    using project = testProject({
      'schema.ts': SCHEMA,
      'garden.config.ts': config(`{ generate: 'fail' }`),
    });
    const { code, out } = await project.generate(['--name', 'a']);
    expect(code).toBe(1);
    expect(out).toMatch(/garden validate: 1 error; see above\.\n$/);
    expect(existsSync(join(project.folder, 'migrations/0000_a.sql'))).toBe(true);
    expect((await project.generate(['--check'])).code).toBe(1);
  });

  test("generate: 'off' does not look for them, and neither does an ignored one count", async () => {
    const ignore = `[{ rule: 'lint/no-primary-key', object: 'notes', reason: 'a log' }]`;
    for (const settings of [`{ generate: 'off' }`, `{ generate: 'fail', ignore: ${ignore} }`]) {
      using project = testProject({ 'schema.ts': SCHEMA, 'garden.config.ts': config(settings) });
      expect(await project.generate()).toMatchObject({ code: 0, err: '' });
    }
  });

  test('--watch prints them each time', async () => {
    const keys = (
      type: string,
    ): string => `import { integer, pgTable, uuid } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: uuid('id').primaryKey() });
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: ${type}('author_id').references(() => users.id),
});
`;
    using project = testProject({
      'schema.ts': keys('uuid'),
      'garden.config.ts': 'export default { zero: {} };',
    });
    let isChanged = false;
    const ran = await project.spawn(['zero', '--watch'], (told) => {
      if (!isChanged && told.includes('Waiting for changes')) {
        isChanged = true;
        project.write({ 'schema.ts': keys('integer') });
      }
      return told.includes('garden validate: 1 error; see above.');
    });
    expect(ran.err).toContain('lint/foreign-key-type: notes.authorId is integer');
    expect(ran.code).toBe(0);
  });
});
