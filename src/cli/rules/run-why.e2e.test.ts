import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RowExplanation } from '../../guard/why/explain-row.ts';
import { sharedPostgres } from '../../processes/shared-postgres.fixture.ts';
import type { TestProject } from '../generate/project.fixture.ts';
import { ANN, BEN, BUG, migratedProject, ROWS } from './team-project.fixture.ts';

let project: TestProject;
let url: string;
afterAll(() => project[Symbol.dispose]());
beforeAll(async () => {
  url = await (await sharedPostgres()).createDatabase('why');
  project = await migratedProject('--database-url', url);
  const sql = postgres(url, { max: 1 });
  await sql.unsafe(ROWS);
  await sql.end();
}, 60_000);

test.each([
  ['a member', { sub: ANN, roles: [] }, [true, true, true, false]],
  ['an administrator', { sub: BEN, roles: ['admin'] }, [true, true, false, true]],
  ['a stranger', { sub: BEN, roles: [] }, [false, false, false, false]],
])('--why of %s on a server', async (_, claims, expected) => {
  const as = JSON.stringify(claims);
  const ran = await project.garden([
    ...['rules', '--why', 'issues', BUG, '--as', as, '--json', '--database-url', url],
  ]);
  expect(ran).toMatchObject({ code: 0, err: '' });
  const { operations } = JSON.parse(ran.out) as RowExplanation;
  const says = operations.map(({ rulesSay, policiesSay, guardSays }) =>
    [rulesSay, policiesSay, guardSays].map(({ allows }) => allows),
  );
  expect(says).toEqual(expected.map((allows) => [allows, allows, allows]));
});
