import type { PGlite } from '@electric-sql/pglite';
import * as garden from '../../src/apps/garden/index.ts';
import * as gateway from '../../src/apps/gateway/database.ts';
import { gatewayMigrations } from '../../src/apps/gateway/migrations-folder.ts';
import * as mcp from '../../src/apps/mcp/database.ts';
import { mcpMigrations } from '../../src/apps/mcp/migrations-folder.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';
import type { SupabaseForm } from '../../src/emit/supabase/database-plan.ts';
import { supabaseTypes } from '../../src/project/generate/supabase-types.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { testDatabase } from '../../src/testing/test-database.ts';
import * as hostile from '../catalog/hostile-schema.fixture.ts';
import { definitionsOf, statementsOf } from '../catalog/made-database.ts';
import * as library from './library.fixture.ts';

/** A schema, and a database that its migrations made. */
export interface Case {
  readonly name: string;
  open(): Promise<PGlite>;
  /** What the generator gets wrong, and what is right. */
  readonly wrong?: readonly (readonly [wrong: RegExp, right: string])[];
  types(form: SupabaseForm): Promise<string>;
}

const typesOf =
  (exports: Record<string, unknown>) =>
  async (form: SupabaseForm): Promise<string> =>
    (await supabaseTypes(definitionsOf(exports), form)).text;

export const cases: readonly Case[] = [
  {
    name: 'garden',
    open: async () => {
      const { client } = await testDatabase({ folder: gardenMigrations });
      // Supabase installs extensions into a schema of their own.
      await client.exec('create schema extensions; alter extension pg_trgm set schema extensions');
      return client;
    },
    types: typesOf(garden),
  },
  {
    name: 'gateway',
    open: async () => {
      const client = await migrated(gatewayMigrations);
      // The definitions do not know the partitions, which change every month.
      const { rows } = await client.query<{ part: string }>(
        'select relid::text as part from pg_partition_tree($1) where isleaf',
        ['server_requests'],
      );
      for (const { part } of rows) await client.exec(`drop table ${part}`);
      return client;
    },
    types: typesOf(gateway),
  },
  { name: 'mcp', open: () => migrated(mcpMigrations), types: typesOf(mcp) },
  { name: 'library', open: () => made(library), types: typesOf(library) },
  {
    name: 'hostile',
    open: () =>
      made(hostile, 'create role reader; create view elsewhere as select gen_random_uuid() as id'),
    types: typesOf(hostile),
    // Its query does not find the columns of a key in a schema whose name needs quotes.
    wrong: [
      [/columns: null/, 'columns: ["parent_number", "parent_tenant"]'],
      [/referencedColumns: null/, 'referencedColumns: ["select", "Ten.ant"]'],
    ],
  },
];

const migrated = async (folder: string): Promise<PGlite> => (await testDatabase({ folder })).client;

async function made(exports: Record<string, unknown>, before = ''): Promise<PGlite> {
  const client = await blankPostgres();
  await client.exec(before);
  for (const statement of await statementsOf(exports)) await client.exec(statement);
  for (const { create } of definitionsOf(exports).companion) await client.exec(create);
  return client;
}
