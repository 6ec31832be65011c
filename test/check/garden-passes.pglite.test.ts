import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';
import * as garden from '../../src/apps/garden/index.ts';
import { builtInRules, rulesOf } from '../../src/check/built-in-rules.ts';
import type { LintInput } from '../../src/check/lint-rule.ts';
import { runRules } from '../../src/check/run-rules.ts';
import type { Schema } from '../../src/model/schema.ts';
import { newSeen } from '../../src/project/seen.ts';
import { validateProject } from '../../src/project/validate/validate-project.ts';
import { testDatabase } from '../../src/testing/test-database.ts';
import { catalogOf, definitionsOf } from '../catalog/made-database.ts';

test('the definitions of the garden pass', async () => {
  const { findings, ignored, tables, rules } = await validateProject(
    join(import.meta.dirname, '../..'),
    undefined,
    newSeen(),
  );
  expect(findings).toEqual([]);
  expect(ignored).toEqual([]);
  expect(tables).toBe(7);
  expect(rules.map(({ code }) => code)).toContain('lint/on-delete');
});

test('the migrated garden passes, and every rule says the same of it as of its definitions', async () => {
  await using database = await testDatabase({ folder: gardenMigrations });
  const migrated = await catalogOf(database.client);
  expect(migrated.policies.length).toBeGreaterThan(10);
  const rules = rulesOf(['recommended', 'zero', 'house']);
  expect(runRules(migrated, { rules, input: 'database' })).toEqual([]);

  const both = builtInRules.filter(({ inputs }) => inputs.length === 2);
  const found = (schema: Schema, input: LintInput) =>
    runRules(schema, { rules: both, input }).map(({ code, object }) => `${code} ${object}`);
  // The publication is companion SQL.
  const { published = {} } = migrated;
  const definitions = { ...definitionsOf(garden), published };
  expect(found(migrated, 'database')).toEqual(found(definitions, 'definitions'));
  expect(found(migrated, 'database').length).toBeGreaterThan(20);
});
