import type { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import { gardenApp } from '../../src/apps/garden/app.ts';
import { columnDefault } from '../../src/emit/sql/column-default.ts';
import { writtenAction } from '../../src/emit/sql/print-foreign-key.ts';
import {
  anyone,
  appendOnly,
  databaseRole,
  defineAccess,
  id,
  including,
  indexOn,
  instant,
  partitioned,
  pgTable,
  plainDefault,
  role,
} from '../../src/kit/index.ts';
import type { Schema } from '../../src/model/schema.ts';
import { sqlText, type SqlOptions } from '../../src/project/sql/sql-files.ts';
import { compareSchemas } from '../../src/read/catalog/compare-schemas.ts';
import { readSchema } from '../../src/read/drizzle/read-schema.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { testDatabase } from '../../src/testing/test-database.ts';
import * as hostile from '../catalog/hostile-schema.fixture.ts';
import { catalogOf, definitionsOf } from '../catalog/made-database.ts';

const textOf = (schema: Schema, options: Partial<SqlOptions> = {}): string =>
  sqlText(schema, { title: 'test', supabase: false, ...options });

/** The definitions with the defaults and the ON UPDATE actions that plain SQL adds. */
const asWritten = (schema: Schema): Schema => ({
  ...schema,
  tables: schema.tables.map((table) => ({
    ...table,
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, onUpdate: writtenAction(key) })),
    columns: table.columns.map((column) => {
      const defaultSql = columnDefault(table, column);
      return defaultSql === undefined ? column : { ...column, default: 'database', defaultSql };
    }),
  })),
});

const { access } = defineAccess();
const backend = databaseRole('sql_backend');
const kitSchema = {
  logs: pgTable(
    'logs',
    {
      id: uuid('id').notNull(),
      at: plainDefault(instant('at').notNull(), { sql: 'now()' }),
      status: plainDefault(integer('status').notNull(), 200),
    },
    (t) => [
      primaryKey({ columns: [t.id, t.at] }),
      ...partitioned(t.at, 'month'),
      including(indexOn(t.at), t.status),
      ...access(t, { read: role('admin') }),
      ...backend(t, { read: anyone, insert: anyone }),
    ],
  ).enableRLS(),
  audit: pgTable('audit', { id: id(), what: text('what').notNull() }, (t) => [
    ...appendOnly(t),
    ...access(t, { read: role('admin') }),
  ]).enableRLS(),
};

async function withPostgres(run: (client: PGlite) => Promise<void>): Promise<void> {
  const client = await blankPostgres({ pg_trgm });
  try {
    await run(client);
  } finally {
    await client.close();
  }
}

const HOSTILE_BEFORE = 'create role reader; create view elsewhere as select gen_random_uuid() id;';

describe('a schema as plain SQL', () => {
  test.each([undefined, 'snake_case'] as const)(
    'makes the database of a hostile schema in casing %s, and can be applied twice',
    (casing) =>
      withPostgres(async (client) => {
        const definitions = definitionsOf(hostile, casing);
        const sql = textOf(definitions);
        await client.exec(HOSTILE_BEFORE);
        await client.exec(sql);
        await client.exec(sql);
        const found = await catalogOf(client);
        expect(compareSchemas(asWritten(definitions), found, { expressions: false })).toEqual([]);
      }),
  );

  test('makes what the migrations of the garden make, except defaults, ON UPDATE and the publication', async () => {
    await using migrated = await testDatabase({ folder: gardenApp.migrations });
    const { schema } = readSchema({ files: [await gardenApp.tables()] });
    await withPostgres(async (client) => {
      const sql = textOf(schema);
      await client.exec(sql);
      await client.exec(sql);
      const [expected, found] = [await catalogOf(migrated.client), await catalogOf(client)];
      const differences = compareSchemas(expected, found, { expressions: true });
      const added = new Set(['filled default', 'onUpdate']);
      const others = differences.filter(
        ({ found: after }) => !added.has(Object.keys(after ?? {}).join(' ')),
      );
      expect(others).toEqual([]);
      expect(differences.map(({ object }) => object)).toContain('public.packages.id');
    });
  });

  test('makes what the kit adds to Drizzle, and can be applied twice', () =>
    withPostgres(async (client) => {
      const definitions = definitionsOf(kitSchema);
      const sql = textOf(definitions);
      await client.exec(sql);
      await client.exec(sql);
      const found = await catalogOf(client);
      expect(compareSchemas(asWritten(definitions), found, { expressions: false })).toEqual([]);
      await client.exec('set role sql_backend');
      await client.exec(`insert into logs (id) values (gen_random_uuid())`);
      await expect(client.exec('delete from logs')).rejects.toThrow(/permission denied/);
      await client.exec('set role app_user');
      await expect(client.exec(`update audit set what = 'y'`)).rejects.toThrow(/permission denied/);
    }));
});
