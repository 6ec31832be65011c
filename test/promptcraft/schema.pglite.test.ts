import { expect, test } from 'vitest';
import * as database from '../../src/apps/promptcraft/database.ts';
import config from '../../src/apps/promptcraft/garden.config.ts';
import { promptcraftMigrations } from '../../src/apps/promptcraft/migrations-folder.ts';
import { testSchema } from '../../src/testing.ts';

const VERSIONS = 'prompt_template_versions';
const columns = 'id template_id version template_content variables commit_message created_at'.split(
  ' ',
);
const taken = 'a trigger creates version 1 of every template; templates.pglite.test.ts tests it';

test('the database matches the definitions', async () => {
  const report = await testSchema(database, {
    migrations: promptcraftMigrations,
    zero: config.zero,
    accessCases: 10,
    samples: { promptTemplateVersions: { version: 2 } },
    untried: {
      [`check ${VERSIONS}.${VERSIONS}_version_check`]: taken,
      [`update validator ${VERSIONS}.version`]: taken,
      ...Object.fromEntries(
        columns.map((column) => [`insert validator ${VERSIONS}.${column}`, taken]),
      ),
    },
  });
  const others = report.untried.filter(({ reason }) => reason !== taken);
  expect(others.map(({ subject }) => subject)).toEqual([
    // The primary key refuses every duplicate first.
    `unique ${VERSIONS}.${VERSIONS}_template_id_id_unique`,
    'zero principal_activity',
    'zero rate_limits',
    'zero security_events',
    'zero setting_changes',
  ]);
});
