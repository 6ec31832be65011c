import { testSchema } from '@techgarden/schema/testing';
import { expect, test } from 'vitest';
import * as schema from '../src/db/schema.ts';

test('the database does what the schema says', { timeout: 120_000 }, async () => {
  const report = await testSchema(schema, { migrations: './migrations' });
  expect(report.untried).toEqual([]);
});
