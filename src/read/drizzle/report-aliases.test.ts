import { expect, test } from 'vitest';
import { CONFIG, testProject } from '../../cli/generate/project.fixture.ts';
import { readSource } from './schema.fixture.ts';

const users = `export const users = pgTable('users', { id: uuid().primaryKey() });`;

test.each<
  [
    what: string,
    files: Record<string, string>,
    aliases: readonly string[],
    name: string,
    told: string[],
  ]
>([
  [
    'is another constant',
    { 'schema.ts': `${users}\nexport const accounts = users;` },
    [],
    'users',
    ['the table users is also exported as accounts. The generated files use the name users.'],
  ],
  [
    'is written in a list of exports',
    {
      'schema.ts': `const users = pgTable('users', { id: uuid() });\nexport { users as accounts, users };`,
    },
    [],
    'users',
    ['the table users is also exported as accounts. The generated files use the name users.'],
  ],
  [
    'is given by another file',
    {
      'schema.ts': `export { users as accounts, users as a1 } from './users.ts';`,
      'users.ts': users,
    },
    [],
    'users',
    [
      'the table users is also exported as a1 and accounts. The generated files use the name users.',
    ],
  ],
  [
    'is settled',
    { 'schema.ts': `${users}\nexport const accounts = users;` },
    ['accounts'],
    'users',
    [],
  ],
  [
    'is the name to keep',
    { 'schema.ts': `${users}\nexport const people = users;` },
    ['users'],
    'people',
    [],
  ],
  ['is only the default', { 'schema.ts': `${users}\nexport default users;` }, [], 'users', []],
  [
    'does not exist',
    { 'schema.ts': `${users}\nexport const accounts = users;` },
    ['acounts', 'accounts'],
    'users',
    ['aliases of garden.config.ts names acounts, which is not another export name of a table.'],
  ],
])('a second name of a table that %s', async (_, files, aliases, ...[name, told]) => {
  const schema = Object.keys(files);
  const read = await readSource(files, { schema, settled: { aliases } });
  expect(read.schema.tables.map(({ exportName }) => exportName)).toEqual([name]);
  expect(read.findings.map(({ message }) => message)).toEqual(told);
});

test('a table with two names is migrated once, and a wrong alias is reported with its line', async () => {
  using project = testProject({
    'drizzle.config.ts': CONFIG,
    'garden.config.ts': `export default { zero: {},\n aliases: ['nobody'] };`,
    'schema.ts': `import { index, pgTable, text } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: text().primaryKey() }, (t) => [index('by_id').on(t.id)]);
/** @deprecated */
export const accounts = users;`,
  });
  const { code, err } = await project.generate();
  expect(err).toContain('schema/aliased-table: the table users is also exported as accounts.');
  expect(err).toContain('at  schema.ts:2  users');
  expect(err).toContain('at  garden.config.ts:2  aliases');
  expect(code).toBe(1);
  project.write({ 'garden.config.ts': `export default { zero: {}, aliases: ['accounts'] };` });
  expect(await project.generate(['--check'])).toMatchObject({ code: 0, err: '' });
  const sql = Object.values(project.migrations()).join('');
  expect(sql.match(/CREATE INDEX/g)).toHaveLength(1);
});
