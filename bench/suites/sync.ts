import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'sync',
  summary: 'a synced garden against a bare Zero app: cold reads, writes, replication cost',
  async *run(context) {
    const { measureSync } = await import('./sync/measure-sync.ts');
    yield* measureSync(context);
    const { measureStart } = await import('./sync/measure-start.ts');
    yield* measureStart(context);
  },
};
