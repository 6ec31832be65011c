import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'ingest',
  summary: 'garden worker with a local registry: packages per second, memory',
  async *run(context) {
    const { measureWorker } = await import('./ingest/measure-worker.ts');
    yield* measureWorker(context);
  },
};
