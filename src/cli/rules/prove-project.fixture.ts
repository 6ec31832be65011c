import { expect } from 'vitest';
import { kit, testProject, type TestProject } from '../generate/project.fixture.ts';

/** A project with one table, for tests of `garden rules --prove`. */
export const schema = (rule: string): string => `
import { uuid } from 'drizzle-orm/pg-core';
import { and, defineAccess, id, owner, pgTable, role } from ${kit};
export const { access, claims } = defineAccess();
export const notes = pgTable('notes', { id: id(), createdBy: uuid('created_by').notNull() },
  (t) => [...access(t, { read: ${rule}, insert: owner(t.createdBy) })]).enableRLS();
`;

export const OWNER: string = schema('owner(t.createdBy)');

const CONFIG = `export default {
  dialect: 'postgresql', schema: './schema.ts', out: './migrations',
  driver: 'pglite', dbCredentials: { url: './data' },
};`;

/** A project on Supabase with a search function. */
export const ON_SUPABASE = `
import { text, uuid } from 'drizzle-orm/pg-core';
import { defineAccess, id, or, owner, pgTable, role, rowSearch } from ${kit};
export const { access, claims } = defineAccess({
  preset: 'supabase', claims: { roles: { type: 'text[]', at: ['app_metadata', 'roles'] } },
});
export const notes = pgTable('notes',
  { id: id(), createdBy: uuid('created_by').notNull(), tags: text('tags').array().notNull() },
  (t) => [
    ...rowSearch(t, { name: 'notes_tagged', parameters: { tags: 'text[]' }, where: 'tags @> :tags', limit: 20 }),
    ...access(t, { read: or(owner(t.createdBy), role('admin')), insert: owner(t.createdBy) }),
  ]).enableRLS();
`;

/** The project after `garden migrate`, with its own database or another one. */
export async function proveProject(...database: readonly string[]): Promise<TestProject> {
  const project = testProject({ 'schema.ts': OWNER, 'drizzle.config.ts': CONFIG });
  expect(await project.generate()).toMatchObject({ code: 0 });
  expect(await project.garden(['migrate', ...database])).toMatchObject({ code: 0 });
  return project;
}
