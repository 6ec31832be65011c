import type { PGlite } from '@electric-sql/pglite';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kit, testProject } from '../../src/cli/generate/project.fixture.ts';
import { migrate } from '../../src/migrations/index.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';

const schema = (labels: string, read: string): string => `
import * as pg from 'drizzle-orm/pg-core';
import { anyone, defineAccess, eq, exists, id, inList, ne, pgTable } from ${kit};
const { access } = defineAccess();
export const stage = pg.pgEnum('stage', [${labels}]);
export const boards = pgTable('boards', { id: id(), stage: stage('stage').notNull() }, (t) => [
  ...access(t, { read: ${read} }),
]).enableRLS();
export const cards = pgTable('cards', { id: id(), boardId: pg.uuid('board_id') }, (t) => [
  ...access(t, { read: exists(() => boards, { id: t.boardId }, (b) => ne(b.stage, 'done')) }),
]).enableRLS();`;

let database: PGlite;
beforeAll(async () => {
  database = await blankPostgres();
});
afterAll(() => database.close());

const visible = (table: string): Promise<unknown> =>
  database.transaction(async (tx) => {
    await tx.exec('set local role app_user');
    return (await tx.query(`select id from ${table} order by id`)).rows.length;
  });

test('a rule about an enum is migrated, also when labels are added and removed', async () => {
  using project = testProject({ 'schema.ts': '' });
  const change = async (labels: string, read: string): Promise<void> => {
    project.write({ 'schema.ts': schema(labels, read) });
    expect(await project.generate()).toMatchObject({ code: 0, err: '' });
    expect(await project.generate(['--check'])).toMatchObject({ code: 0, err: '' });
    await migrate(database, { folder: join(project.folder, 'migrations') });
  };
  await change(`'open', 'done'`, `eq(t.stage, 'open')`);
  await database.exec(`
    insert into boards select gen_random_uuid(), stage::stage from unnest(array['open', 'open', 'done']) stage;
    insert into cards select gen_random_uuid(), id from boards`);
  expect([await visible('boards'), await visible('cards')]).toEqual([2, 2]);
  // One transaction adds a label and a rule that uses it.
  await change(`'open', 'late', 'done'`, `inList(t.stage, ['late', 'done'])`);
  expect([await visible('boards'), await visible('cards')]).toEqual([1, 2]);
  await change(`'open', 'done'`, `ne(t.stage, 'done')`);
  expect([await visible('boards'), await visible('cards')]).toEqual([2, 2]);
});
