import { expect, test } from 'vitest';
import { testProject } from '../../src/cli/generate/project.fixture.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';

// Postgres accepts a foreign key only if the unique index that it refers to exists.

const schema = (make: string, index: string, key: string): string => `
import * as pg from 'drizzle-orm/pg-core';
export const app = pg.pgSchema('app');
const make = ${make};
export const labels = make('labels', { id: pg.text().primaryKey(), project: pg.text().notNull() }, (t) => [
  ${index}
]);
export const assignments = make('assignments', { label: pg.text().notNull(), project: pg.text().notNull() }, (t) => [
  ${key}
]);
`;
const KEY =
  'pg.foreignKey({ columns: [t.label, t.project], foreignColumns: [labels.id, labels.project] })';
const TURNED =
  'pg.foreignKey({ columns: [t.project, t.label], foreignColumns: [labels.project, labels.id] })';
const INDEX = "pg.uniqueIndex('labels_pair').on(t.id, t.project)";
const PUBLIC = 'pg.pgTable';
const OTHER = 'app.table';

test.each<[string, readonly string[]]>([
  ['in the first migration', [schema(PUBLIC, INDEX, KEY)]],
  ['in another schema', [schema(OTHER, INDEX, KEY)]],
  ['whose columns it names in another order', [schema(PUBLIC, INDEX, TURNED)]],
  ['that is added with it later', [schema(PUBLIC, '', ''), schema(PUBLIC, INDEX, KEY)]],
  ['that is dropped with it', [schema(PUBLIC, INDEX, KEY), schema(PUBLIC, '', '')]],
])('a foreign key to a unique index %s', async (_, steps) => {
  using project = testProject({});
  const database = await blankPostgres();
  try {
    const run = new Set<string>();
    for (const step of steps) {
      project.write({ 'schema.ts': step });
      expect(await project.generate(['migrations'])).toMatchObject({ code: 0 });
      const files = Object.entries(project.migrations()).filter(([name]) => name.endsWith('.sql'));
      for (const [name, text] of files.filter(([name]) => !run.has(name))) {
        run.add(name);
        for (const statement of text.split('--> statement-breakpoint')) {
          await database.exec(statement);
        }
      }
      const { rows } = await database.query("select from pg_constraint where contype = 'f'");
      expect(rows).toHaveLength(step.includes('foreignKey') ? 1 : 0);
    }
  } finally {
    await database.close();
  }
});
