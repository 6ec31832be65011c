import { createInsertSchema } from 'drizzle-zod';
import { z } from 'zod';
import { newId } from '../../../src/kit/index.ts';
import { packages, registries, type NewPackage } from '../../../src/apps/garden/index.ts';
import { schemas } from '../../../src/apps/garden/zod/index.ts';
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

/** A hand-written schema with the table's checks and the text limits of Postgres. */
function writtenByHand(): z.ZodType {
  const noNul = (text: string): boolean => !text.includes('\0');
  const address = z
    .string()
    .max(2048)
    .regex(/^https?:\/\/[^\u0001-\u0020\u007f"<>]+$/u)
    .refine(noNul);
  const year = z.date().min(new Date('0001-01-01')).max(new Date('9999-12-31T23:59:59.999Z'));
  return z.strictObject({
    id: z.uuid().toLowerCase(),
    name: z.string().max(256).regex(/\S/u).refine(noNul),
    registry: z.enum(registries),
    description: z.string().max(10_000).refine(noNul).nullish(),
    homepage: address.nullish(),
    repository: address.nullish(),
    lastFetchAttempt: year.nullish(),
    lastFetchSuccess: year.nullish(),
    deletedAt: year.nullish(),
    deletedBy: z.uuid().toLowerCase().nullish(),
    createdAt: year,
    updatedAt: year,
  });
}

/**
 * Our derived schema must not cost more than a hand-written one with the same checks. Plain
 * drizzle-zod has none of the checks, so that row shows their cost.
 */
export async function* measureValidator({
  contest,
  progress,
}: Context): AsyncGenerator<Measurement, void> {
  progress('insert validators');
  const peers = {
    'written by hand': writtenByHand(),
    'plain drizzle-zod': createInsertSchema(packages),
  };
  const wrong = { ...row, registry: 'rpm' };
  for (const [what, input, valid] of [
    ['valid', row, true],
    ['refused', wrong, false],
  ] as const) {
    for (const [peer, schema] of Object.entries(peers)) {
      // Schemas that disagree about a row do not do the same work.
      if ([schemas.packages.insert, schema].some((one) => one.safeParse(input).success !== valid)) {
        throw new Error(`a schema does not find the ${what} row ${valid ? 'valid' : 'wrong'}`);
      }
      const { ours, theirs } = await contest({
        ours: () => schemas.packages.insert.safeParse(input),
        theirs: () => schema.safeParse(input),
      });
      const target = peer === 'written by hand' && valid ? 'at most 1.2' : undefined;
      yield compareTimes(`insert schema, ${what} row / ${peer}`, ours, theirs, target);
    }
  }
}
