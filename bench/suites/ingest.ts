import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'ingest',
  summary: 'garden worker against a registry on this machine: packages a second, memory',
  async *run(context) {
    const { measureWorker } = await import('./ingest/measure-worker.ts');
    yield* measureWorker(context);
  },
};
