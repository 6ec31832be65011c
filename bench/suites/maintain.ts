import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'maintain',
  summary: 'the doctor on 200 tables, and writers while expired rows are deleted',
  async *run(context) {
    const { buildPackage } = await import('./generate/build-package.ts');
    await buildPackage(context);
    const { measureDoctor } = await import('./maintain/measure-doctor.ts');
    yield* measureDoctor(context);
    const { measureCleanUp } = await import('./maintain/measure-clean-up.ts');
    yield* measureCleanUp(context);
  },
};
