import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'access',
  summary: 'row-level security on a large catalogue, query rewriting, guarded writes',
  async *run(context) {
    const { measureRewrite } = await import('./access/measure-rewrite.ts');
    yield* measureRewrite(context);
    const { measureGuard } = await import('./access/measure-guard.ts');
    yield* measureGuard(context);
    const { measureRls } = await import('./access/measure-rls.ts');
    yield* measureRls(context);
  },
};
