import { expect, test } from 'vitest';
import * as database from '../../src/apps/gateway/database.ts';
import config from '../../src/apps/gateway/garden.config.ts';
import { gatewayMigrations } from '../../src/apps/gateway/migrations-folder.ts';
import { testSchema } from '../../src/testing.ts';

test('the database matches the definitions', async () => {
  const report = await testSchema(database, {
    migrations: gatewayMigrations,
    zero: config.zero,
    accessCases: 10,
  });
  // Zero syncs no partitioned table. Dashboards read the rollups from the server.
  expect(report.untried.map(({ subject }) => subject)).toEqual([
    'zero organization_request_hours',
    'zero server_request_days',
    'zero server_request_hours',
    'zero server_requests',
  ]);
});
