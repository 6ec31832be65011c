import { expect, test } from 'vitest';
import { CONFIG, testProject } from '../cli/generate/project.fixture.ts';

const TABLES = `import { pgTable, text } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: text().primaryKey() });
`;
const RELATIONS = `import { relations } from 'drizzle-orm';
import { users } from './schema';
export const usersRelations = relations(users, () => ({}));
`;
const told = /schema\/relations-not-named/;

test('relations next to the schema that the config does not name are reported', async () => {
  using project = testProject({ 'schema.ts': TABLES, 'relations.ts': RELATIONS });
  const { code, err } = await project.generate(['zero']);
  expect(err)
    .toBe(`schema/relations-not-named: the schema exports no relations, but relations.ts next to it does.
    at  relations.ts
    at  drizzle.config.ts
    fix add relations.ts to schema in drizzle-kit's config: without relations the Zero schema has none.

`);
  expect(code).toBe(0);
  // Migrations need none.
  expect((await project.generate(['migrations'])).err).toBe('');
  const both = CONFIG.replace("'./schema.ts'", "['./schema.ts', './relations.ts']");
  project.write({ 'drizzle.config.ts': both });
  expect((await project.generate(['zero'])).err).toBe('');
});

test('garden validate reports them too, if the project has Zero', async () => {
  using project = testProject({ 'schema.ts': TABLES, 'relations.ts': RELATIONS });
  const validate = async () => {
    const { out, err } = await project.garden(['validate']);
    return out + err;
  };
  expect(await validate()).not.toMatch(told);
  project.write({ 'garden.config.ts': 'export default { zero: {} };' });
  expect(await validate()).toMatch(told);
});

test('a file of one line is told, too', async () => {
  const line = RELATIONS.replaceAll('\n', ' ').replace(/'; /g, "';");
  using project = testProject({ 'schema.ts': TABLES, 'relations.ts': line });
  expect((await project.generate(['zero'])).err).toMatch(told);
});

test.each<[what: string, files: Readonly<Record<string, string>>]>([
  ['no relations()', { 'relations.ts': RELATIONS.replaceAll('relations(', 'made(') }],
  ['a declaration', { 'relations.d.ts': RELATIONS }],
  ['its own relations', { 'schema.ts': TABLES + RELATIONS.replace(/.*schema';\n/, '') }],
])('a schema with %s next to it or in it gives no warning', async (_, files) => {
  using project = testProject({ 'schema.ts': TABLES, 'more.ts': 'export {};', ...files });
  expect((await project.generate(['zero'])).err).not.toMatch(told);
});
