import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'promptcraft',
  summary: 'history pages under row-level security, of a person with 100,000 prompts among 2M',
  async *run(context) {
    const { measureHistory } = await import('./promptcraft/measure-history.ts');
    yield* measureHistory(context);
  },
};
