import { describe, expect, test } from 'vitest';
import { contest } from './contest.ts';

/** A clock that only advances when a contestant advances it. */
function fakeClock(): { clock: () => bigint; pass: (ns: number) => void } {
  let now = 0n;
  return {
    clock: () => now,
    pass: (ns) => {
      now += BigInt(ns);
    },
  };
}

describe('contest', () => {
  test('reports nanoseconds per call for any batch size', async () => {
    const { clock, pass } = fakeClock();
    const { fast, slow } = await contest(
      { fast: () => pass(100), slow: () => pass(40_000_000) },
      { rounds: 3, minimumMs: 1, clock },
    );
    expect(fast).toEqual({ median: 100, minimum: 100, maximum: 100, rounds: [100, 100, 100] });
    expect(slow.median).toBe(40_000_000);
  });

  test('batches until one measurement is long enough', async () => {
    const { clock, pass } = fakeClock();
    let calls = 0;
    const run = (): void => {
      calls += 1;
      pass(1000);
    };
    await contest({ run }, { rounds: 1, minimumMs: 1, clock });
    // Warm-up 1 + 2 + … + 1024, again 1024, then the round: 1024 x 1 µs >= 1 ms.
    expect(calls).toBe(2047 + 1024 + 1024);
  });

  test('alternates and rotates the first contestant', async () => {
    const { clock } = fakeClock();
    const order: string[] = [];
    await contest(
      { a: () => order.push('a'), b: () => order.push('b') },
      { rounds: 3, batch: 1, clock },
    );
    // A warm-up, then three rounds.
    expect(order.join(' ')).toBe('a b a b b a a b');
  });

  test('awaits asynchronous contestants, every call of a batch', async () => {
    const { clock, pass } = fakeClock();
    const run = async (): Promise<void> => {
      await Promise.resolve();
      pass(10);
    };
    const { later } = await contest({ later: run }, { rounds: 2, batch: 7, clock });
    expect(later.rounds).toEqual([10, 10]);
  });

  test('does not measure the step before a batch', async () => {
    const { clock, pass } = fakeClock();
    const { insert } = await contest(
      { insert: { before: () => pass(1_000_000), run: () => pass(5) } },
      { rounds: 2, batch: 1, clock },
    );
    expect(insert.maximum).toBe(5);
  });

  test('records the spread of the rounds', async () => {
    const { clock, pass } = fakeClock();
    const durations = [999, 10, 90, 20];
    const { run } = await contest(
      { run: () => pass(durations.shift() ?? 0) },
      { rounds: 3, batch: 1, clock },
    );
    expect(run).toMatchObject({ median: 20, minimum: 10, maximum: 90, rounds: [10, 90, 20] });
  });

  test('stops between rounds when it is interrupted', async () => {
    const interrupt = new AbortController();
    const running = contest(
      { run: () => interrupt.abort() },
      { rounds: 1000, batch: 1, signal: interrupt.signal },
    );
    await expect(running).rejects.toThrow('abort');
  });
});
