import type { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { definitionStatements } from '../../src/project/generate/definition-statements.ts';
import { loadProject } from '../../src/project/load-project.ts';
import { newSeen } from '../../src/project/seen.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';
import type { Schema } from '../../src/model/schema.ts';
import { compareSchemas } from '../../src/read/catalog/compare-schemas.ts';
import { expectedSchema } from '../../src/read/catalog/expected-schema.ts';
import { readSchema } from '../../src/read/drizzle/read-schema.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { testDatabase, type TestDatabase } from '../../src/testing/test-database.ts';
import { catalogOf } from './made-database.ts';

const root = join(import.meta.dirname, '../..');
let garden: TestDatabase<Record<string, never>>;
let scratch: PGlite;
let expected: Schema;

beforeAll(async () => {
  const project = await loadProject(root, undefined, newSeen());
  const { schema } = readSchema({ files: project.files });
  const statements = await definitionStatements(project, { schema, publication: undefined });
  garden = await testDatabase({ folder: gardenMigrations });
  scratch = await blankPostgres();
  expected = await expectedSchema(schema, statements, {
    query: async (text) => (await scratch.query<Record<string, unknown>>(text)).rows,
    run: (text) => scratch.exec(text),
  });
});
afterAll(async () => {
  await garden.client.close();
  await scratch.close();
});

/** The differences from the definitions after a statement, which is then rolled back. */
const drift = (statement: string) =>
  garden.isolated(async ({ client }) => {
    await client.exec(statement);
    return compareSchemas(expected, await catalogOf(garden.client), { expressions: true });
  });

test('the migrated garden equals the garden created from the definitions', async () => {
  expect(await drift('')).toEqual([]);
  expect(expected.policies.length).toBeGreaterThan(10);
  expect(expected.tables.every(({ rowSecurity }) => rowSecurity.forced)).toBe(true);
});

test.each([
  [
    'alter policy access_update on packages with check (true)',
    { kind: 'policy', object: 'public.packages.access_update', found: { withCheck: 'true' } },
  ],
  [
    'alter table packages drop constraint packages_name_check, add constraint packages_name_check check (char_length(name) < 1000)',
    {
      kind: 'check',
      object: 'public.packages.packages_name_check',
      found: { sql: '(char_length(name) < 1000)' },
    },
  ],
  [
    'alter table tags no force row level security',
    {
      kind: 'table',
      object: 'public.tags',
      found: { rowSecurity: { enabled: true, forced: false } },
    },
  ],
  [
    'comment on column packages.name is null',
    { kind: 'column', object: 'public.packages.name', found: {} },
  ],
])('%s is seen, and nothing else', async (statement, difference) => {
  expect(await drift(statement)).toMatchObject([difference]);
});

test('an extension that only one server has is not a difference, nor are its indexes', async () => {
  await using other = await testDatabase({ folder: gardenMigrations, extensions: { pg_trgm } });
  const indexes = { idx_trigrams: 'packages using gin (name gin_trgm_ops)' };
  await other.client.exec(`create index idx_trigrams on ${indexes.idx_trigrams}`);
  const found = await catalogOf(other.client);
  const extensions = [{ name: 'pg_trgm', optional: true, indexes }] as const;
  const differences = (from: Schema, to: Schema) =>
    compareSchemas(from, to, { expressions: true }).map(({ kind, object }) => [kind, object]);
  expect(differences({ ...expected, extensions }, found)).toEqual([]);
  expect(differences(expected, found)).toEqual([['index', 'public.packages.idx_trigrams']]);
  await other.client.exec('drop extension pg_trgm cascade');
  expect(differences(found, await catalogOf(other.client))).toEqual([
    ['extension', 'pg_trgm'],
    ['index', 'public.packages.idx_trigrams'],
  ]);
});
