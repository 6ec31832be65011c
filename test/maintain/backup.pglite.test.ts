import { PGlite } from '@electric-sql/pglite';
import { expect, test } from 'vitest';
import { mcpMigrations } from '../../src/apps/mcp/migrations-folder.ts';
import { insertExamples } from '../../src/apps/mcp/seed/seed.ts';
import { testDatabase } from '../../src/testing.ts';
import { allRows } from './all-rows.fixture.ts';

test("PGlite's dump restores all rows", async () => {
  await using original = await testDatabase({ folder: mcpMigrations });
  await insertExamples(original.db);
  const dump = await original.client.dumpDataDir('gzip');
  const restored = await PGlite.create({ loadDataDir: dump });
  try {
    const query = async (client: PGlite, sql: string) =>
      (await client.query<Record<string, unknown>>(sql)).rows;
    const before = await allRows((sql) => query(original.client, sql));
    expect(Object.values(before).flat().length).toBeGreaterThan(10);
    expect(await allRows((sql) => query(restored, sql))).toEqual(before);
  } finally {
    await restored.close();
  }
});
