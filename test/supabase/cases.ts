import type { PGlite } from '@electric-sql/pglite';
import * as garden from '../../src/apps/garden/index.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';
import type { SupabaseForm } from '../../src/emit/supabase/database-plan.ts';
import { planDatabase } from '../../src/emit/supabase/plan-database.ts';
import { printDatabase } from '../../src/emit/supabase/print-database.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { testDatabase } from '../../src/testing/test-database.ts';
import * as hostile from '../catalog/hostile-schema.fixture.ts';
import { definitionsOf, statementsOf } from '../catalog/made-database.ts';
import * as library from './library.fixture.ts';

/** A schema, and a database that its migrations made. */
export interface Case {
  readonly name: string;
  open(): Promise<PGlite>;
  types(form: SupabaseForm): string;
}

const typesOf = (exports: Record<string, unknown>) => (form: SupabaseForm) =>
  printDatabase(planDatabase(definitionsOf(exports), { form }));

export const cases: readonly Case[] = [
  {
    name: 'garden',
    open: async () => (await testDatabase({ folder: gardenMigrations })).client,
    types: typesOf(garden),
  },
  { name: 'library', open: () => made(library), types: typesOf(library) },
  {
    name: 'hostile',
    open: () => made(hostile, 'create role reader; create view elsewhere as select 1 as id'),
    types: typesOf(hostile),
  },
];

async function made(exports: Record<string, unknown>, before = ''): Promise<PGlite> {
  const client = await blankPostgres();
  await client.exec(before);
  for (const statement of await statementsOf(exports)) await client.exec(statement);
  return client;
}
