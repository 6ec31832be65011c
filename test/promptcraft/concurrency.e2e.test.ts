import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROMPTCRAFT_ROLE } from '../../src/apps/promptcraft/role.ts';
import { promptcraftMigrations } from '../../src/apps/promptcraft/migrations-folder.ts';
import { insertExamples } from '../../src/apps/promptcraft/seed/seed.ts';
import { ADA } from '../../src/apps/promptcraft/seed/example-users.ts';
import { countActivity, usePromptTemplate } from '../../src/apps/promptcraft/server/index.ts';
import { migrate } from '../../src/migrations/index.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { asPrincipal } from '../../src/server.ts';

let sql: postgres.Sql;
let template: string;
beforeAll(async () => {
  const url = await (await sharedPostgres()).createDatabase();
  await migrate(url, { folder: promptcraftMigrations });
  sql = postgres(url, { max: 50, onnotice: () => {} });
  await insertExamples(drizzle(postgres(url, { max: 1, onnotice: () => {}, idle_timeout: 1 })));
  const [row] = await sql<[{ id: string }]>`select id from prompt_templates where user_id = ${ADA}`;
  template = row.id;
});
afterAll(() => sql.end());

const principal = { role: PROMPTCRAFT_ROLE, claims: { sub: ADA } };
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

test('200 concurrent uses of a template count 200', async () => {
  const db = drizzle(sql);
  const counts = await Promise.all(
    upTo(200).map(() => asPrincipal(db, principal, (tx) => usePromptTemplate(tx, template))),
  );
  expect(counts.map(Number).toSorted((a, b) => a - b)).toEqual(upTo(200));
});

test('50 concurrent changes of a template are 50 more versions without a gap', async () => {
  await Promise.all(
    upTo(50).map((at) =>
      sql.begin(async (tx) => {
        await tx`select set_config('role', ${PROMPTCRAFT_ROLE}, true), set_config('request.jwt.claims', ${JSON.stringify(principal.claims)}, true)`;
        await tx`update prompt_templates set template_content = ${`change ${at}`} where id = ${template}`;
      }),
    ),
  );
  const versions = await sql<{ version: number }[]>`
    select version from prompt_template_versions where template_id = ${template} order by version`;
  expect(versions.map(({ version }) => version)).toEqual(upTo(51));
});

test('100 concurrent reads count 100', async () => {
  const db = drizzle(sql);
  await Promise.all(upTo(100).map(() => countActivity(db, ADA, { reads: 1 })));
  const [row] = await sql`select reads from principal_activity where user_id = ${ADA}`;
  expect(row).toEqual({ reads: 100 });
});
