import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gardenApp } from '../../src/apps/garden/app.ts';
import { gatewayApp } from '../../src/apps/gateway/app.ts';
import { mcpApp } from '../../src/apps/mcp/app.ts';
import { promptcraftApp } from '../../src/apps/promptcraft/app.ts';
import { builtInRules, rulesOf } from '../../src/check/built-in-rules.ts';
import type { LintInput } from '../../src/check/lint-rule.ts';
import { runRules } from '../../src/check/run-rules.ts';
import type { Schema } from '../../src/model/schema.ts';
import { readModuleSchema } from '../../src/project/read-valid-schema.ts';
import { newSeen } from '../../src/project/seen.ts';
import { validateProject } from '../../src/project/validate/validate-project.ts';
import { testDatabase } from '../../src/testing/test-database.ts';
import { catalogOf } from '../catalog/made-database.ts';

const APPS = [
  { app: gardenApp, count: 7, config: undefined },
  { app: mcpApp, count: 7, config: 'src/apps/mcp/drizzle.config.ts' },
  { app: gatewayApp, count: 15, config: 'src/apps/gateway/drizzle.config.ts' },
  { app: promptcraftApp, count: 24, config: 'src/apps/promptcraft/drizzle.config.ts' },
];

describe.each(APPS)('$app.name', ({ app, count, config }) => {
  test('its definitions pass', async () => {
    const root = join(import.meta.dirname, '../..');
    const { findings, ignored, tables, rules } = await validateProject(root, config, newSeen());
    expect(findings).toEqual([]);
    expect(ignored).toEqual([]);
    expect(tables).toBe(count);
    expect(rules.map(({ code }) => code)).toContain('lint/on-delete');
  });

  test('its migrated database passes, and every rule says the same of it as of its definitions', async () => {
    await using database = await testDatabase({ folder: app.migrations });
    const migrated = await catalogOf(database.client);
    expect(migrated.policies.length).toBeGreaterThan(10);
    const rules = rulesOf(['recommended', 'zero', 'house']);
    expect(runRules(migrated, { rules, input: 'database' })).toEqual([]);

    const both = builtInRules.filter(({ inputs }) => inputs.length === 2);
    const found = (schema: Schema, input: LintInput) =>
      runRules(schema, { rules: both, input }).map(({ code, object }) => `${code} ${object}`);
    // The publication is companion SQL.
    const { published = {} } = migrated;
    const definitions = { ...readModuleSchema(await app.tables()), published };
    expect(found(migrated, 'database')).toEqual(found(definitions, 'definitions'));
    expect(found(migrated, 'database').length).toBeGreaterThan(20);
  });
});
