import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtInRules, rulesOf } from '../../src/check/built-in-rules.ts';
import type { LintInput } from '../../src/check/lint-rule.ts';
import { objectsOf } from '../../src/check/objects-of.ts';
import { RESERVED } from '../../src/check/rules/reserved-name.ts';
import { runRules } from '../../src/check/run-rules.ts';
import { syncedColumns } from '../../src/check/synced-columns.ts';
import { quoteName } from '../../src/model/quote-sql.ts';
import type { Schema } from '../../src/model/schema.ts';
import { readCutNames, withCutNames } from '../../src/read/sql/cut-names.ts';
import { catalogReader, openExampleDatabase } from './example-database.fixture.ts';
import { reportOf } from './report-of.fixture.ts';
import {
  loadExamples,
  sqlExamples,
  type LoadedExample,
  type SqlExample,
} from './rule-examples.fixture.ts';

const examples = await loadExamples();
const cases = examples.map((example): [string, LoadedExample] => [
  `${example.rule.code}, ${example.name}`,
  example,
]);

let db: PGlite;
let readSchema: () => Promise<Schema>;
beforeAll(async () => {
  db = await openExampleDatabase();
  readSchema = catalogReader(db);
});
afterAll(() => db.close());

const docs = readFileSync(join(import.meta.dirname, '../../docs/rules.md'), 'utf8');

test('the list of rules matches the folder', () => {
  const files = readdirSync(join(import.meta.dirname, '../../src/check/rules'));
  expect(builtInRules.map(({ code }) => code)).toEqual(
    files.map((file) => `lint/${file.replace(/\.ts$/, '')}`).toSorted(),
  );
});

test('each rule has an example that only looks like a violation', () => {
  const without = builtInRules.filter(({ example: { alike = [] } }) => alike.length === 0);
  expect(without.map(({ code }) => code)).toEqual([]);
  expect(examples.length + sqlExamples.length).toBeGreaterThan(250);
});

test('the reserved words are those of Postgres', async () => {
  const { rows } = await db.query<{ word: string }>(
    "select word from pg_get_keywords() where catcode in ('R', 'T') order by word",
  );
  expect([...RESERVED].toSorted()).toEqual(rows.map(({ word }) => word).toSorted());
});

test.each(cases)('%s', (_, { rule, name, schema }) => {
  const found = runRules(schema, { rules: [rule], input: 'definitions' });
  expect(found.length).toBe(name === 'bad' ? 1 : 0);
  for (const { object, places, message, fix } of found) {
    expect(objectsOf(schema)).toContain(object);
    expect(places?.[0]).toMatchObject({ line: expect.any(Number), name: expect.any(String) });
    expect(message).toMatch(/^[^.].*\.$/s);
    expect(fix).not.toBe('');
    expect(docs).toContain(reportOf({ message, fix: fix ?? '' }));
  }
});

test.each(cases.filter(([, { name }]) => name === 'good'))(
  '%s: nothing else that is recommended is found either',
  (_, { schema }) => {
    const rules = rulesOf(['recommended']);
    expect(runRules(schema, { rules, input: 'definitions' })).toEqual([]);
  },
);

/** What companion SQL adds for server-only columns: a publication without them. */
function publicationOf(schema: Schema): readonly string[] {
  if (schema.tables.every(({ columns }) => columns.every(({ serverOnly }) => !serverOnly)))
    return [];
  const tables = schema.tables.map((table) => {
    const columns = syncedColumns(schema, table).map(({ name }) => quoteName(name));
    return `${quoteName(table.name)} (${columns.join(', ')})`;
  });
  return [`create publication zero_data for table ${tables.join(', ')}`];
}

/** The schema of an empty database after statements, which are then rolled back. */
async function databaseAfter(statements: readonly string[]): Promise<Schema> {
  try {
    const notices: string[] = [];
    await db.exec(['begin', ...statements].join(';\n'), {
      onNotice: ({ message }) => notices.push(message ?? ''),
    });
    return withCutNames(await readSchema(), readCutNames(notices));
  } finally {
    await db.exec('rollback');
  }
}

const judgesBoth = builtInRules.filter(({ inputs }) => inputs.length === 2);
const empty = generateDrizzleJson({});

/** What only Drizzle understands: calls of columns and tables, options, `t.column`. */
const DRIZZLE =
  /\.[a-z]+[A-Z]?\w*\(|\b(?:text|time|jsonb|uuid|pgEnum|index|primaryKey)\(|\bt\.\w|\{ \w+:|\.where\b|third argument|sql`/;

/** What all rules find that can judge both: each code with its objects. */
const allFound = (schema: Schema, input: LintInput): readonly string[] =>
  runRules(schema, { rules: judgesBoth, input }).map(({ code, object }) => `${code} ${object}`);

test.each(cases.filter(([, { rule }]) => rule.inputs.length === 2))(
  '%s: every rule says the same of the migrated database',
  async (_, { exports, schema }) => {
    const statements = await generateMigration(empty, generateDrizzleJson({ ...exports }));
    const migrated = await databaseAfter([...statements, ...publicationOf(schema)]);
    expect(allFound(migrated, 'database')).toEqual(allFound(schema, 'definitions'));
    const found = runRules(migrated, { rules: judgesBoth, input: 'database' });
    expect(found.filter(({ fix = '' }) => DRIZZLE.test(fix)).map(({ fix }) => fix)).toEqual([]);
  },
);

test.each(
  sqlExamples.map((example): [string, SqlExample] => [
    `${example.rule.code}, ${example.name}`,
    example,
  ]),
)('%s, in SQL', async (_, { rule, name, sql }) => {
  const schema = await databaseAfter([sql]);
  const found = runRules(schema, { rules: [rule], input: 'database' });
  expect(found.length).toBe(name === 'bad' ? 1 : 0);
  for (const finding of found) expect(docs).toContain(reportOf(finding));
});
