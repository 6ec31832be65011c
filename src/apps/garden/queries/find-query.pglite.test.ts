import { drizzle } from 'drizzle-orm/pglite';
import { expect, test } from 'vitest';
import { blankPostgres } from '../../../testing/blank-postgres.fixture.ts';
import { findQuery } from './find-query.ts';

test('distinguishes a missing garden from missing permissions', async () => {
  await using client = await blankPostgres();
  const explain = async (): Promise<unknown> => findQuery(drizzle(client), 'search');
  await expect(explain()).rejects.toMatchObject({ problem: { code: 'database/not-migrated' } });
  await client.exec(`create table packages (id uuid, name text, registry text, deleted_at date);
    create table package_dependencies (dependency_package_id uuid);
    create role reader; set role reader;`);
  await expect(explain()).rejects.toMatchObject({ cause: { code: '42501' } });
});
