import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testDatabase } from '../../src/testing.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

const record = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../migrations/garden/meta/_companion.json'), 'utf8'),
) as { before: Record<string, { create: string }> };

test('no column leaves the publication if no column changes', async () => {
  await using database = await testDatabase({ folder: gardenMigrations });
  const published = async (): Promise<readonly unknown[]> => {
    const { rows } = await database.client.query(
      'select prrelid::regclass::text as name, oid from pg_publication_rel order by 1',
    );
    return rows;
  };
  const before = await published();
  expect(before.length).toBeGreaterThan(4);
  await database.client.exec(
    record.before['publication "garden_zero" before changes']?.create ?? '',
  );
  expect(await published()).toEqual(before);
});
