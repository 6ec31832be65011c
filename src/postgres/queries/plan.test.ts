import { expect, test } from 'vitest';
import { readPlan, slowestStep, stepsOf } from './plan.ts';

const scan = {
  'Node Type': 'Index Scan',
  'Parent Relationship': 'Inner',
  'Relation Name': 'a',
  'Index Name': 'a_pkey',
  'Index Cond': '(id = b.id)',
  Filter: '(x > 1)',
  'Plan Rows': 1,
  'Actual Rows': 0.5,
  'Actual Loops': 30,
  'Actual Total Time': 0.1,
  'Rows Removed by Filter': 2,
  'Shared Hit Blocks': 60,
  'Shared Read Blocks': 1,
};

test('reads totals over all loops, and the time of a step alone', () => {
  const plan = readPlan([
    {
      Plan: {
        'Node Type': 'Nested Loop',
        'Plan Rows': 10,
        'Actual Rows': 15,
        'Actual Loops': 1,
        'Actual Total Time': 5,
        Plans: [scan],
      },
      'Planning Time': 0.2,
      'Execution Time': 5.1,
    },
  ]);
  const [loop, index] = stepsOf(plan.root);
  expect(loop).toMatchObject({ milliseconds: 5, ownMilliseconds: 2 });
  expect(index).toMatchObject({
    table: 'a',
    index: 'a_pkey',
    conditions: { 'Index Cond': '(id = b.id)', Filter: '(x > 1)' },
    milliseconds: 3,
    removedRows: 60,
    blocks: { hit: 60, read: 1 },
  });
  expect(slowestStep(plan)).toBe(index);
});

test('divides the time of parallel steps by the processes that share it', () => {
  const plan = readPlan([
    {
      Plan: {
        'Node Type': 'Gather',
        'Workers Launched': 2,
        'Plan Rows': 3,
        'Actual Rows': 3,
        'Actual Loops': 1,
        'Actual Total Time': 12,
        Plans: [
          {
            'Node Type': 'Parallel Seq Scan',
            'Plan Rows': 1,
            'Actual Rows': 1,
            'Actual Loops': 3,
            'Actual Total Time': 10,
          },
        ],
      },
      'Planning Time': 0.1,
      'Execution Time': 12,
    },
  ]);
  expect(stepsOf(plan.root).map(({ ownMilliseconds }) => ownMilliseconds)).toEqual([2, 10]);
});
