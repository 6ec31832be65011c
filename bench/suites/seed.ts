import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'seed',
  summary: 'seeding: rows/s against a bare COPY and drizzle-seed, memory, bytes per row',
  async *run(context) {
    const { measureRate } = await import('./seed/measure-rate.ts');
    yield* measureRate(context);
    const { measureMemory } = await import('./seed/measure-memory.ts');
    yield* measureMemory(context);
    const { measureSize } = await import('./seed/measure-size.ts');
    yield* measureSize(context);
  },
};
