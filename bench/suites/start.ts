import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'start',
  summary: 'an empty folder to a synced page, against the same project written by hand',
  async *run(context) {
    const { measureStart } = await import('./start/measure-start.ts');
    yield* measureStart(context);
  },
};
