import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'queries',
  summary: 'all queries of the garden with 10,000 and 100,000 packages: p99, growth, plans',
  async *run(context) {
    const { measureQueries } = await import('./queries/measure-queries.ts');
    yield* measureQueries(context);
  },
};
