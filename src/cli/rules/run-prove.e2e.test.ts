import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sharedPostgres } from '../../processes/shared-postgres.fixture.ts';
import type { TestProject } from '../generate/project.fixture.ts';
import { proveProject } from './prove-project.fixture.ts';

let project: TestProject;
let url: string;
beforeAll(async () => {
  url = await (await sharedPostgres()).createDatabase('prove');
  project = await proveProject('--database-url', url);
}, 60_000);
afterAll(() => project[Symbol.dispose]());

const prove = (...args: readonly string[]) =>
  project.garden(['rules', '--prove', '--seed', '5', '--questions', '200', ...args]);

test('a migrated server has no drift', async () => {
  const { code, out } = await prove('--database-url', url);
  expect(out).toContain(': as the rules require\n');
  expect(code).toBe(0);
});

test('a policy that was changed by hand on a server is reported', async () => {
  const sql = postgres(url, { max: 1 });
  await sql.unsafe(`alter policy access_read on notes using (true);
    create policy more on notes for delete using (true);
    grant delete on notes to app_user`);
  await sql.end();
  const { code, out } = await prove('--database-url', url, '--json');
  expect(code).toBe(1);
  const { databaseDrift, migrationDrift, comparison } = JSON.parse(out) as {
    readonly databaseDrift: readonly { readonly object: string; readonly found?: string }[];
    readonly migrationDrift: readonly unknown[];
    readonly comparison: { readonly questions: number };
  };
  expect(databaseDrift.map(({ object }) => object)).toEqual([
    'grants on notes',
    'policy notes.access_read',
    'policy notes.more',
  ]);
  expect(databaseDrift[1]?.found).toContain('using true');
  expect(migrationDrift).toEqual([]);
  expect(comparison.questions).toBeGreaterThanOrEqual(200);
});

test('--prove shows the smallest disagreement, if the database does not enforce its policies', async () => {
  const [last = ''] = readdirSync(join(project.folder, 'migrations'))
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .slice(-1);
  const sql = readFileSync(join(project.folder, 'migrations', last), 'utf8');
  project.write({
    [`migrations/${last}`]: `${sql}\n--> statement-breakpoint\nalter role app_user bypassrls;`,
  });
  const { code, out } = await prove();
  project.write({ [`migrations/${last}`]: sql });
  expect(code).toBe(1);
  expect(out).toMatch(/^DISAGREEMENT\nthe database and the oracle disagree\./);
  expect(out).toContain('oracle: [[]]\nthe database: [["');
});
