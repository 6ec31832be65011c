import assert from 'node:assert/strict';
import postgres from 'postgres';
import * as garden from '../../src/apps/garden/index.ts';
import { migrate } from '../../src/migrations/index.ts';
import { compareSchemas } from '../../src/read/catalog/compare-schemas.ts';
import { readCatalog } from '../../src/read/catalog/read-catalog.ts';
import * as hostile from '../catalog/hostile-schema.fixture.ts';
import { definitionsOf, statementsOf } from '../catalog/made-database.ts';
import { migrationsFolder, type Check } from './check.ts';

const exact = { expressions: false };

async function withSql(url: string, run: (sql: postgres.Sql) => Promise<void>): Promise<void> {
  // Several connections are fine, because the catalog is read in one statement.
  const sql = postgres(url, { max: 3, onnotice: () => undefined });
  try {
    await run(sql);
  } finally {
    await sql.end();
  }
}

/** `readCatalog()` matches the definitions on each version. */
export const catalogChecks: readonly Check[] = [
  {
    name: 'the catalog of a hostile schema matches its definitions',
    async run({ server }) {
      await withSql(await server.createDatabase(), async (sql) => {
        await sql.unsafe(
          'create role reader; create view elsewhere as select gen_random_uuid() id',
        );
        for (const statement of await statementsOf(hostile)) await sql.unsafe(statement);
        const found = await readCatalog((text) => sql.unsafe(text));
        assert.deepEqual(compareSchemas(definitionsOf(hostile), found, exact), []);
        await sql.unsafe('alter table actions drop constraint actions_nick_unique');
        const weaker = await readCatalog((text) => sql.unsafe(text));
        const differences = compareSchemas(found, weaker, { expressions: true });
        assert.deepEqual(
          differences.map(({ object }) => object),
          ['public.actions.actions_nick_unique'],
        );
      });
    },
  },
  {
    name: 'the catalog of the migrated garden matches its definitions',
    async run({ server }) {
      const url = await server.createDatabase();
      await migrate(url, { folder: migrationsFolder });
      await withSql(url, async (sql) => {
        const found = await readCatalog((text) => sql.unsafe(text));
        assert.deepEqual(compareSchemas(definitionsOf(garden), found, exact), []);
      });
    },
  },
];
