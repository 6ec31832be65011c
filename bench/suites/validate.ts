import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'validate',
  summary: 'the lint rules over Drizzle, SQL and a database, beside squawk and pgls',
  async *run(context) {
    const { buildPackage } = await import('./generate/build-package.ts');
    await buildPackage(context);
    const { measureDefinitions } = await import('./validate/measure-definitions.ts');
    yield* measureDefinitions(context);
    const { measureMigrations } = await import('./validate/measure-migrations.ts');
    yield* measureMigrations(context);
    const { measureDatabases } = await import('./validate/measure-databases.ts');
    yield* measureDatabases(context);
    const { measureAgreement } = await import('./validate/measure-agreement.ts');
    yield* measureAgreement(context);
  },
};
