import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { sqlCommand } from '../../src/cli/commands/sql.ts';
import { recordIo } from '../../src/command/record-io.fixture.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { kit, madeProject, type MadeProject } from '../kit/made-project.ts';

const schema = (role: string, age: string): string => `
import * as pg from 'drizzle-orm/pg-core';
import { instant, maintenanceFunctions, pgTable, retain } from ${kit};
export const logs = pgTable('logs', { id: pg.uuid('id').primaryKey(), at: instant('at') }, (t) => [
  ...retain(t.at, '${age}'),
]);
export const operator = maintenanceFunctions({ role: '${role}' });
`;

let client: PGlite;
let made: MadeProject;
beforeAll(async () => {
  client = await blankPostgres();
  made = madeProject(client);
});
afterAll(async () => {
  made[Symbol.dispose]();
  await client.close();
});

const mayCall = async (role: string): Promise<boolean> =>
  (
    await client.query<{ may: boolean }>(
      `select has_function_privilege('${role}', 'public.daily_maintenance(integer)', 'execute') as may`,
    )
  ).rows[0]?.may ?? false;

test('garden generate writes the functions, and changes them with the definitions', async () => {
  expect(await made.become(schema('first_operator', '30 days'))).toContain(
    'function "public"."daily_maintenance"',
  );
  expect(await made.check()).toMatchObject({ code: 0 });
  expect(await mayCall('first_operator')).toBe(true);

  const changed = await made.become(schema('first_operator', '60 days'));
  expect(changed).toContain('60 days');
  expect(changed).not.toContain('security_audit');
  expect(await made.check()).toMatchObject({ code: 0 });

  await made.become(schema('second_operator', '60 days'));
  expect(await mayCall('second_operator')).toBe(true);
  expect(await mayCall('first_operator')).toBe(false);
});

test('garden sql writes them, so that psql can apply the text twice', async () => {
  const io = recordIo({ cwd: made.project.folder });
  expect(await run(['sql'], io, { commands: [sqlCommand([])] })).toBe(0);
  for (const name of [
    'daily_maintenance',
    'analyze_all_tables',
    'vacuum_all_tables',
    'get_database_stats',
    'health_check',
    'integrity_check',
    'security_audit',
  ]) {
    expect(io.out()).toContain(`create or replace function "public"."${name}"(`);
  }
  const other = await blankPostgres();
  try {
    await other.exec(io.out());
    await other.exec(io.out());
    expect((await other.query('select * from public.get_database_stats()')).rows).toHaveLength(1);
  } finally {
    await other.close();
  }
});
