import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectValid } from './expect-valid.ts';

const root = join(import.meta.dirname, '../../..');
const SCHEMA = `import { integer, json, pgTable, uuid } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: uuid('id').primaryKey() });
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: integer('author_id').references(() => users.id),
});
`;

/** A folder with a project in it. */
function makeProject(schema: string, garden = 'export default {};') {
  const folder = mkdtempSync(join(tmpdir(), 'garden-valid-'));
  mkdirSync(join(folder, 'db'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const files = {
    'package.json': '{ "type": "module" }',
    'db/schema.ts': schema,
    'db/garden.config.ts': garden,
    'db/drizzle.config.ts': `export default { dialect: 'postgresql', schema: './schema.ts' };`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

test('throws the errors, with their places', async () => {
  using project = makeProject(SCHEMA);
  const options = { folder: project.folder, config: 'db/drizzle.config.ts' };
  await expect(expectValid(options)).rejects.toMatchObject({
    problem: { code: 'testing/invalid-schema' },
    message: `the schema breaks its rules in 1 place.

lint/foreign-key-type: notes.authorId is integer and references users.id, which is uuid.
    at  db/schema.ts:5  notes.authorId
    fix give both the same type, for example uuid.
`,
  });
});

test('warnings fail if there are more than allowed', async () => {
  using project = makeProject(SCHEMA.replace('integer(', 'uuid('));
  const folder = join(project.folder, 'db');
  const { findings } = await expectValid({ folder, maxWarnings: 1 });
  expect(findings).toMatchObject([{ severity: 'warning', code: 'lint/foreign-key-index' }]);
  await expect(expectValid({ folder, maxWarnings: 0 })).rejects.toThrow('lint/foreign-key-index');
});

test('the settings and comments of the project apply', async () => {
  using project = makeProject(
    SCHEMA.replace('  authorId', '  // garden-ignore lint/foreign-key-index: few rows\n  authorId'),
    `export default { validate: { rules: { 'lint/foreign-key-type': 'off' } } };`,
  );
  const folder = join(project.folder, 'db');
  const { findings, ignored } = await expectValid({ folder, maxWarnings: 0 });
  expect(findings).toEqual([]);
  expect(ignored).toMatchObject([{ reason: 'few rows' }]);
});

test('a project that cannot be loaded says so', async () => {
  using project = makeProject('throw new Error("no");');
  await expect(expectValid({ folder: join(project.folder, 'db') })).rejects.toMatchObject({
    problem: { code: 'generate/cannot-load' },
  });
});
