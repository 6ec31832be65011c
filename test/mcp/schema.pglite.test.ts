import { expect, test } from 'vitest';
import * as database from '../../src/apps/mcp/database.ts';
import config from '../../src/apps/mcp/garden.config.ts';
import { mcpMigrations } from '../../src/apps/mcp/migrations-folder.ts';
import { testSchema } from '../../src/testing.ts';

test('the database matches the definitions', async () => {
  const report = await testSchema(database, {
    migrations: mcpMigrations,
    zero: config.zero,
    accessCases: 10,
    untried: {
      'rows package_dependencies':
        'an edge needs two packages; dependencies.pglite.test.ts tests it',
    },
  });
  const others = report.untried.filter(({ subject }) => !subject.includes('package_dependencies'));
  expect(others).toEqual([]);
});
