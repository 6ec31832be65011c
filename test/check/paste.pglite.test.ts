import type { PGlite } from '@electric-sql/pglite';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtInRules } from '../../src/check/built-in-rules.ts';
import type { LintRule } from '../../src/check/lint-rule.ts';
import type { Schema } from '../../src/model/schema.ts';
import { runRules } from '../../src/check/run-rules.ts';
import { catalogReader, openExampleDatabase } from './example-database.fixture.ts';
import { loadExamples, loadTexts, sqlExamples } from './rule-examples.fixture.ts';

let db: PGlite;
let readSchema: () => Promise<Schema>;
beforeAll(async () => {
  db = await openExampleDatabase();
  readSchema = catalogReader(db);
});
afterAll(() => db.close());

const bad = (await loadExamples()).filter(({ name }) => name === 'bad');

/** What a rule finds in the database. */
async function find(rule: LintRule) {
  return runRules(await readSchema(), { rules: [rule], input: 'database' });
}

/** The rules whose bad example has SQL to paste, which fixes it. */
async function fixedBySql(statements: readonly string[], rule: LintRule): Promise<boolean> {
  await db.exec('begin');
  try {
    for (const statement of statements) await db.exec(statement);
    const [found] = await find(rule);
    if (found?.paste === undefined) return false;
    await db.exec(found.paste);
    expect(await find(rule), rule.code).toEqual([]);
    return true;
  } finally {
    await db.exec('rollback');
  }
}

test('the SQL to paste fixes what was found', async () => {
  const fixed: string[] = [];
  for (const { rule, exports } of bad.filter((one) => one.rule.inputs.includes('database'))) {
    const empty = generateDrizzleJson({});
    const statements = await generateMigration(empty, generateDrizzleJson({ ...exports }));
    if (await fixedBySql(statements, rule)) fixed.push(rule.code);
  }
  for (const { rule, name, sql } of sqlExamples) {
    if (name === 'bad' && (await fixedBySql([sql], rule))) fixed.push(rule.code);
  }
  expect(fixed).toEqual(
    expect.arrayContaining([
      'lint/btree-on-container',
      'lint/foreign-key-index',
      'lint/not-valid-constraint',
      'lint/policy-without-rls',
      'lint/redundant-index',
    ]),
  );
});

/** A schema with a pasted item in the third argument of its last table, in place of its namesake. */
function withPasted(text: string, item: string): string {
  const name = /'([^']+)'/.exec(item)?.[1] ?? '';
  const start = text.indexOf(`index('${name}')`);
  if (start === -1) return text.replace(/\}\);\s*$/, `}, (t) => [\n  ${item}\n]);`);
  const end = text.indexOf(']', start);
  return `${text.slice(0, start)}${item}${text.slice(end)}`;
}

test('the lines to paste into Drizzle fix what was found', async () => {
  const pasted = bad.flatMap(({ rule, schema }) => {
    const [found] = runRules(schema, { rules: [rule], input: 'definitions' });
    return found?.paste === undefined ? [] : [{ rule, paste: found.paste }];
  });
  expect(pasted.map(({ rule }) => rule.code)).toEqual(
    expect.arrayContaining(['lint/btree-on-container', 'lint/foreign-key-index']),
  );
  const schemas = await loadTexts(
    pasted.map(({ rule, paste }) => withPasted(rule.example.bad, paste)),
  );
  for (const [at, { rule }] of pasted.entries()) {
    const schema = schemas[at];
    expect(schema && runRules(schema, { rules: [rule], input: 'definitions' }), rule.code).toEqual(
      [],
    );
  }
});

test('a name that Postgres would cut is left to the author', () => {
  const rule = builtInRules.find(({ code }) => code === 'lint/foreign-key-index');
  const example = bad.find((one) => one.rule === rule);
  if (rule === undefined || example === undefined) throw new Error('no example');
  const tables = example.schema.tables.map((table) => ({ ...table, name: 'n'.repeat(60) }));
  const found = runRules({ ...example.schema, tables }, { rules: [rule], input: 'definitions' });
  expect(found).toHaveLength(1);
  expect(found[0]).not.toHaveProperty('paste');
});
