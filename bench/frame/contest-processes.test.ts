import { expect, test } from 'vitest';
import { contestProcesses } from './contest-processes.ts';
import type { ProcessRun } from './measure-process.ts';

test('alternates processes after one unmeasured run of each', async () => {
  const order: string[] = [];
  const measure = async ({ file }: { file: string }): Promise<ProcessRun> => {
    order.push(file);
    const memory = { largestBytes: order.length, treeBytes: order.length * 2 };
    return { ns: order.length * 100, memory };
  };
  const { ours } = await contestProcesses(
    { ours: { file: 'a', before: () => order.push('-') }, peer: { file: 'b' } },
    { rounds: 2, measure },
  );
  // A warm-up, then one round in each order.
  expect(order.join('')).toBe('-ab-abb-a');
  expect(ours.time.rounds).toHaveLength(2);
  expect(ours.memory?.rounds).toHaveLength(2);
});

test('has no memory if the system does not report it', async () => {
  const measure = async (): Promise<ProcessRun> => ({ ns: 1, memory: null });
  const { ours } = await contestProcesses({ ours: { file: 'a' } }, { rounds: 1, measure });
  expect(ours).toMatchObject({ memory: null, treeMemory: null });
});
