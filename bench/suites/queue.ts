import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'queue',
  summary: 'claim and complete against graphile-worker and pg-boss; claims with a long history',
  async *run(context) {
    const { measureThroughput } = await import('./queue/measure-throughput.ts');
    yield* measureThroughput(context);
    const { measureHistory } = await import('./queue/measure-history.ts');
    yield* measureHistory(context);
  },
};
