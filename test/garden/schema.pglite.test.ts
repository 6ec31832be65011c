import { expect, test } from 'vitest';
import config from '../../garden.config.ts';
import * as garden from '../../src/apps/garden/index.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';
import { testSchema } from '../../src/testing.ts';

test('the database matches the definitions', async () => {
  const { zero } = config;
  // access.pglite.test.ts compares the rules in more cases.
  const report = await testSchema(garden, {
    migrations: gardenMigrations,
    zero,
    accessCases: 20,
  });
  expect(report.untried).toEqual([]);
});
