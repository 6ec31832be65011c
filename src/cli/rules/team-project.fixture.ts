import { PGlite } from '@electric-sql/pglite';
import { join } from 'node:path';
import { expect } from 'vitest';
import { blankPostgres } from '../../testing/blank-postgres.fixture.ts';
import { writeFolder } from '../../testing/write-folder.fixture.ts';
import { kit, testProject, type TestProject } from '../generate/project.fixture.ts';

/** A small project with rules of each kind, for tests of `garden rules`. */
export const id = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const [ANN, BEN, ACME, BUG] = [id(1), id(2), id(10), id(100)];

const SCHEMA = `
import { boolean, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { and, can, defineAccess, eq, exists, id, not, or, owner, pgTable, role, serverOnly } from ${kit};
export const { access, claims } = defineAccess({
  claims: { organisations: { type: 'uuid[]', at: ['app_metadata', 'organisations'] } },
});
export const members = pgTable('members', {
  organisationId: uuid('organisation_id').notNull(),
  userId: uuid('user_id').notNull(),
  level: text('level').notNull(),
}, (t) => [
  primaryKey({ columns: [t.organisationId, t.userId] }),
  ...access(t, {
    read: owner(t.userId),
    insert: and(owner(t.userId), exists(() => members, { organisationId: t.organisationId }, (m) => owner(m.userId))),
  }),
]).enableRLS();
export const issues = pgTable('issues', {
  id: id(),
  organisationId: uuid('organisation_id').notNull(),
  createdBy: uuid('created_by').notNull(),
  isPublic: boolean('is_public').notNull(),
  meta: jsonb('meta'),
  token: serverOnly(text('token').notNull()),
}, (t) => {
  const read = or(role('admin'), eq(t.isPublic, true),
    exists(() => members, { organisationId: t.organisationId }, (m) => owner(m.userId)));
  return [...access(t, {
    read,
    insert: or(role('admin'), owner(t.createdBy)),
    update: { from: and(read, owner(t.createdBy)), to: and(read, not(role('guest'))) },
    delete: role('admin'),
    immutable: [t.organisationId, t.createdBy],
  })];
}).enableRLS();
export const comments = pgTable('comments', {
  id: id(),
  issueId: uuid('issue_id').notNull().references(() => issues.id, { onDelete: 'restrict' }),
}, (t) => [
  ...access(t, { read: can(() => issues, { id: t.issueId }, 'read'), delete: role('admin') }),
]).enableRLS();
export const audit = pgTable('audit', { id: id() });
`;
const CONFIG = `export default {
  dialect: 'postgresql', schema: './schema.ts', out: './migrations',
  driver: 'pglite', dbCredentials: { url: './data' },
};`;
/** Ann is a member of Acme and reported a bug there. */
export const ROWS = `
  insert into members values ('${ACME}', '${ANN}', 'member');
  insert into issues values ('${BUG}', '${ACME}', '${ANN}', false, '{"a": "it''s $1"}', 'secret');
  insert into comments values ('${id(200)}', '${BUG}')`;

export const teamProject = (): TestProject =>
  testProject({ 'schema.ts': SCHEMA, 'drizzle.config.ts': CONFIG });

/** The project after `garden migrate`, with its own database or another one. */
export async function migratedProject(...database: readonly string[]): Promise<TestProject> {
  const project = teamProject();
  if (database.length === 0) await writeEmptyDatabase(project);
  expect(await project.generate()).toMatchObject({ code: 0 });
  expect(await project.garden(['migrate', ...database])).toMatchObject({ code: 0, err: '' });
  return project;
}

/** Writes the kept empty database, because `garden migrate` takes seconds to create one. */
async function writeEmptyDatabase(project: TestProject): Promise<void> {
  const client = await blankPostgres();
  await writeFolder(client, join(project.folder, 'data'));
  await client.close();
}

/** Uses the project's database, which only one process may open. */
export async function inDatabase<Result>(
  project: TestProject,
  use: (client: PGlite) => Promise<Result>,
): Promise<Result> {
  const client = await PGlite.create(join(project.folder, 'data'));
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}
