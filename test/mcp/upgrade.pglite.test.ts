import { expect, test } from 'vitest';
import { mcpMigrations } from '../../src/apps/mcp/migrations-folder.ts';
import { migrate } from '../../src/migrations/index.ts';
import { readMigrations } from '../../src/migrations/read-migrations.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { userId } from './plant-packages.ts';

test('the second version keeps the packages, as private ones that did not change', async () => {
  const client = await blankPostgres();
  try {
    const first = readMigrations(mcpMigrations).slice(0, 2);
    for (const { statements } of first) {
      for (const { text } of statements) await client.exec(text);
    }
    await client.exec(`insert into users values ('${userId(1)}', 'Ada', now(), now());
      insert into packages (id, user_id, name, description, language, tags, relevant_files_pattern, metadata, created_at, updated_at)
        select gen_random_uuid(), '${userId(1)}', 'p' || g, 'text', 'sql', array['a'], '{}', '{"a": 1}', '2026-01-01', '2026-01-01' from generate_series(1, 20) g`);
    const before = await client.query('select * from packages order by id');
    await client.exec(`create schema drizzle;
      create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`);
    for (const { hash, when } of first) {
      await client.query(
        'insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)',
        [hash, when],
      );
    }
    const { applied } = await migrate(client, { folder: mcpMigrations });
    expect(applied.length).toBe(readMigrations(mcpMigrations).length - 2);
    const after = await client.query<Record<string, unknown>>('select * from packages order by id');
    expect(
      after.rows.map(({ visibility, category_id, ...row }) => ({ visibility, category_id, row })),
    ).toEqual(before.rows.map((row) => ({ visibility: 'private', category_id: null, row })));
    const { rows } = await client.query('select from package_versions');
    expect(rows).toEqual([]);
  } finally {
    await client.close();
  }
});
