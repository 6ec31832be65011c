import { expect, test } from 'vitest';
import { DOCTOR_LIMITS } from '../../src/maintain/doctor/doctor-limits.ts';
import { growthSince, judgeGrowth, type Sizes } from '../../src/maintain/doctor/growth.ts';

const MEGABYTE = 1024 ** 2;
const sizes = (at: string, tables: Readonly<Record<string, number>>): Sizes => ({
  at,
  bytes: 0,
  tables: Object.fromEntries(
    Object.entries(tables).map(([name, megabytes]) => [name, megabytes * MEGABYTE]),
  ),
});
const before = sizes('2026-11-29T00:00:00Z', { logs: 200, steady: 1000, tiny: 1, gone: 5 });
const now = sizes('2026-11-30T00:00:00Z', { logs: 400, steady: 1150, tiny: 90, fresh: 500 });

test('a table that grew by half and by 100 MB is reported', () => {
  expect(judgeGrowth(before, now, DOCTOR_LIMITS)).toEqual([
    {
      severity: 'warning',
      code: 'doctor/growth',
      group: 'health',
      object: 'logs',
      message: 'logs grew from 200.0 MB to 400.0 MB since 2026-11-29T00:00:00Z.',
      evidence: 'pg_total_relation_size: 419430400 bytes, before 209715200',
      fix: expect.stringContaining('retain()'),
    },
  ]);
});

test('the growth of all tables is listed, the largest first', () => {
  expect(growthSince(before, now).map(({ table }) => table)).toEqual([
    'fresh',
    'logs',
    'steady',
    'tiny',
  ]);
});
