import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'foundation',
  summary: 'ids, insert validators, size in a browser bundle, locality of the primary key',
  async *run(context) {
    const { measureNewId } = await import('./foundation/measure-new-id.ts');
    yield* measureNewId(context);
    const { measureValidator } = await import('./foundation/measure-validator.ts');
    yield* measureValidator(context);
    const { measureBundle } = await import('./foundation/measure-bundle.ts');
    yield* measureBundle(context);
    const { measureIndexLocality } = await import('./foundation/measure-index-locality.ts');
    yield* measureIndexLocality(context);
  },
};
