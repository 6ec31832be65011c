import { createInsertSchema } from 'drizzle-zod';
import { newId, packages, type NewPackage } from '../../../src/index.ts';
import { insertPackageSchema } from '../../../src/zod/index.ts';
import { compareTimes } from '../../frame/compare-times.ts';
import type { Context, Measurement } from '../../frame/suite.ts';

const row: NewPackage = {
  id: newId(),
  name: '@tanstack/react-query',
  registry: 'npm',
  description: 'Hooks for managing, caching and syncing asynchronous and remote data in React',
  homepage: 'https://tanstack.com/query',
  repository: 'https://github.com/TanStack/query',
  lastFetchAttempt: new Date(),
  lastFetchSuccess: new Date(),
  deletedAt: null,
  deletedBy: null,
  createdAt: new Date(),
  updatedAt: new Date(),
};

/**
 * Ours checks more (lengths, blanks, addresses, dates in range), so it may take longer;
 * it runs in forms and mutators, so not much longer.
 */
export async function* measureValidator({
  contest,
  progress,
}: Context): AsyncGenerator<Measurement, void> {
  progress('insert validators');
  const plain = createInsertSchema(packages);
  const wrong = { ...row, registry: 'rpm' };
  for (const [what, input, valid] of [
    ['valid', row, true],
    ['refused', wrong, false],
  ] as const) {
    // Two schemas that disagree about the row would not be doing the same work.
    if ([insertPackageSchema, plain].some((schema) => schema.safeParse(input).success !== valid)) {
      throw new Error(`a schema does not find the ${what} row ${valid ? 'valid' : 'wrong'}`);
    }
    const { ours, theirs } = await contest({
      ours: () => insertPackageSchema.safeParse(input),
      theirs: () => plain.safeParse(input),
    });
    const name = `insert schema, ${what} row / plain drizzle-zod`;
    yield compareTimes(name, ours, theirs, valid ? 'at most 3' : undefined);
  }
}
