import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MCP_ROLE } from '../../src/apps/mcp/role.ts';
import { mcpMigrations } from '../../src/apps/mcp/migrations-folder.ts';
import { recordPackageUse } from '../../src/apps/mcp/server/index.ts';
import { asPrincipal } from '../../src/server.ts';
import { migrate } from '../../src/migrations/index.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { userId } from './plant-packages.ts';

const PACKAGE = '00000000-0000-4000-a000-000000000001';

let sql: postgres.Sql;
beforeAll(async () => {
  const url = await (await sharedPostgres()).createDatabase();
  await migrate(url, { folder: mcpMigrations });
  sql = postgres(url, { max: 50, onnotice: () => {} });
  await sql`insert into users values (${userId(1)}, 'Ada', now(), now())`;
  await sql`insert into packages (id, user_id, name, description, language, tags, relevant_files_pattern, metadata, visibility, created_at, updated_at)
    values (${PACKAGE}, ${userId(1)}, 'p', 'd', 'sql', '{}', '{}', '{}', 'public', now(), now())`;
});
afterAll(() => sql.end());

const principal = { role: MCP_ROLE, claims: { sub: userId(1) } };

test('updated_at never moves back under 50 concurrent updates, each kept as a version', async () => {
  const seen: Date[] = [];
  await Promise.all(
    Array.from({ length: 50 }, (_, at) =>
      sql.begin(async (tx) => {
        await tx`select set_config('role', ${MCP_ROLE}, true), set_config('request.jwt.claims', ${JSON.stringify(principal.claims)}, true)`;
        const [row] = await tx<[{ updated_at: Date }]>`
          update packages set description = ${`change ${at}`} where id = ${PACKAGE} returning updated_at`;
        // In the order of the row lock, which the transaction holds until it ends.
        seen.push(row.updated_at);
      }),
    ),
  );
  expect(seen).toEqual(seen.toSorted((a, b) => a.getTime() - b.getTime()));
  const versions = await sql<{ version: number; created_at: Date }[]>`
    select version, created_at from package_versions order by version`;
  expect(versions.map(({ version }) => version)).toEqual(
    Array.from({ length: 50 }, (_, at) => at + 1),
  );
});

test('nor under 50 concurrent updates with the clocks of 50 clients', async () => {
  const seen: Date[] = [];
  await Promise.all(
    Array.from({ length: 50 }, (_, at) =>
      sql.begin(async (tx) => {
        const clock = new Date(Date.now() + ((at * 37) % 50) * 60_000);
        const [row] = await tx<[{ updated_at: Date }]>`
          update packages set setup_prompt = ${`prompt ${at}`}, updated_at = ${clock} where id = ${PACKAGE} returning updated_at`;
        seen.push(row.updated_at);
      }),
    ),
  );
  expect(seen).toEqual(seen.toSorted((a, b) => a.getTime() - b.getTime()));
});

test('200 concurrent uses count 200', async () => {
  const db = drizzle(sql);
  const counts = await Promise.all(
    Array.from({ length: 200 }, () =>
      asPrincipal(db, principal, (tx) => recordPackageUse(tx, PACKAGE)),
    ),
  );
  expect(counts.map(Number).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 200 }, (_, at) => at + 1),
  );
});
