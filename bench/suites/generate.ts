import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'generate',
  summary: 'a Zero schema from Drizzle: time, memory, growth, and the cost of its types',
  async *run(context) {
    const { buildPackage } = await import('./generate/build-package.ts');
    await buildPackage(context);
    const { measureGeneration } = await import('./generate/measure-generation.ts');
    yield* measureGeneration(context);
    const { measureOutputs } = await import('./generate/measure-outputs.ts');
    yield* measureOutputs(context);
    const { measureChecking } = await import('./generate/measure-checking.ts');
    yield* measureChecking(context);
  },
};
