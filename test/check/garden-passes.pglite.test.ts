import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';
import { builtInRules } from '../../src/check/built-in-rules.ts';
import { runRules } from '../../src/check/run-rules.ts';
import { newSeen } from '../../src/project/seen.ts';
import { validateProject } from '../../src/project/validate/validate-project.ts';
import { testDatabase } from '../../src/testing/test-database.ts';
import { catalogOf } from '../catalog/made-database.ts';

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

test('the migrated garden passes every rule', async () => {
  await using garden = await testDatabase({ folder: gardenMigrations });
  const schema = await catalogOf(garden.client);
  expect(schema.policies.length).toBeGreaterThan(10);
  expect(runRules(schema, { rules: builtInRules, input: 'database' })).toEqual([]);
});
