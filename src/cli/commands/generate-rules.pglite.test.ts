import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blankPostgres } from '../../testing/blank-postgres.fixture.ts';
import { migrate } from '../../migrations/index.ts';
import { kit, testProject } from '../generate/project.fixture.ts';

/** Notes of a team. The rule for reading uses a function that sees all rows. */
const schema = (rule: string, claims = ''): string => `
import { uuid } from 'drizzle-orm/pg-core';
import { and, defineAccess, exists, id, inList, not, owner, pgTable } from ${kit};
const { access, claims } = defineAccess({ claims: { ${claims} } });
export const members = pgTable('members', { id: id(), person: uuid('person').notNull() }, (t) => [
  ...access(t, { read: owner(t.person) }),
]).enableRLS();
export const notes = pgTable('notes', { id: id(), team: uuid('team').notNull() }, (t) => [
  ...access(t, { read: ${rule} }),
]).enableRLS();
`;

test('migrations for changed and removed rules run step by step and all at once', async () => {
  using project = testProject({
    'schema.ts': schema('exists(() => members, { id: t.team }, (m) => owner(m.person))'),
  });
  const folder = join(project.folder, 'migrations');
  const database = await blankPostgres();
  const generations = [
    '',
    schema('inList(t.team, claims.teams)', "teams: 'uuid[]'"),
    schema('and(owner(t.team), owner(t.id))'),
  ];
  for (const text of generations) {
    if (text) project.write({ 'schema.ts': text });
    expect(await project.generate()).toMatchObject({ code: 0, err: '' });
    await migrate(database, { folder });
  }
  const fresh = await blankPostgres();
  await migrate(fresh, { folder });
  const functions = `select proname from pg_proc where pronamespace = 'access'::regnamespace order by 1`;
  const { rows } = await fresh.query(functions);
  // The functions of removed rules were dropped.
  expect(rows).toEqual([{ proname: 'claim_uuid' }]);
  expect((await database.query(functions)).rows).toEqual(rows);
  await Promise.all([database.close(), fresh.close()]);
});
