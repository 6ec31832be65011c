import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'gateway',
  summary: 'the MCP gateway: request logging, rollups of 2M requests, dashboard, dropped months',
  async *run(context) {
    const { measureLogging } = await import('./gateway/measure-logging.ts');
    yield* measureLogging(context);
    const { measureRollups } = await import('./gateway/measure-rollups.ts');
    yield* measureRollups(context);
  },
};
