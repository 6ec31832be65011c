import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { SeedDatabase, SeedTransaction } from '../load/seed-database.ts';
import { inLanes } from './in-lanes.ts';

/** Records events and commits. */
const recorded = (): { database: SeedDatabase; seen: string[] } => {
  const seen: string[] = [];
  const database: SeedDatabase = {
    place: 'nowhere',
    lanes: 2,
    rows: async () => [],
    transaction: (work) => work({} as SeedTransaction),
    close: async () => {},
  };
  return { database, seen };
};

test('a step waits for the same step of the previous piece, while other steps run concurrently', async () => {
  const { database, seen } = recorded();
  let running = 0;
  let together = 0;
  await inLanes(database, 2, [1, 2, 3, 4, 5], {
    steps: 2,
    work: async ({ begun, earlier, inOrder }, piece) => {
      begun();
      for (const step of [0, 1]) {
        await inOrder(step, async () => {
          seen.push(`${step} begins ${piece}`);
          together = Math.max(together, (running += 1));
          // The later piece is faster and would overtake.
          await sleep(piece % 2 === 0 ? 1 : 10);
          running -= 1;
          seen.push(`${step} ends ${piece}`);
        });
      }
      await earlier;
      return piece;
    },
    done: (_, piece) => seen.push(`done ${piece}`),
  });
  const of = (kind: string): readonly string[] => seen.filter((one) => one.startsWith(kind));
  for (const step of [0, 1]) {
    expect(of(`${step} `)).toEqual(
      [1, 2, 3, 4, 5].flatMap((piece) => [`${step} begins ${piece}`, `${step} ends ${piece}`]),
    );
  }
  expect(of('done')).toEqual([1, 2, 3, 4, 5].map((piece) => `done ${piece}`));
  expect(together).toBe(2);
});

test('a failing step blocks no other, and nothing after it is committed', async () => {
  const { database, seen } = recorded();
  const work = inLanes(database, 2, [1, 2, 3, 4], {
    steps: 1,
    work: async ({ begun, earlier, inOrder }, piece) => {
      begun();
      await inOrder(0, async () => {
        await sleep(1);
        if (piece === 2) throw new Error('refused');
      });
      await earlier;
      return piece;
    },
    done: (_, piece) => seen.push(`done ${piece}`),
  });
  await expect(work).rejects.toThrow('refused');
  expect(seen).toEqual(['done 1']);
});
