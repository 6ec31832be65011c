import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'mcp',
  summary: 'search in package configurations of many users, and the cost of their access rules',
  async *run(context) {
    const { withPackages } = await import('./mcp/with-packages.ts');
    const { measureSearches } = await import('./mcp/measure-searches.ts');
    const { measureRules } = await import('./mcp/measure-rules.ts');
    await using loaded = await withPackages(context);
    yield* measureSearches(context, loaded);
    yield* measureRules(context, loaded);
  },
};
