import type fc from 'fast-check';
import type { SchemaExports } from '../schema/read-derived.ts';
import { validRows, type ValidRows, type ValidRowsOptions } from './valid-rows.ts';

/** Enough rows to find most bugs, and few enough to print. */
const MOST = 5;

/**
 * Arbitrary valid rows for fast-check: complete sets of rows that reference each other,
 * with at least one row per table. They shrink to fewer rows.
 *
 * @example
 * import fc from 'fast-check';
 * import { tags } from './schema.ts';
 *
 * fc.assert(fc.property(arbitraryRows(fc, { tags }), (rows) => rows.tags.length > 0));
 */
export function arbitraryRows<Schema extends SchemaExports>(
  { record, integer, nat }: Pick<typeof fc, 'record' | 'integer' | 'nat'>,
  schema: Schema,
  options: Omit<ValidRowsOptions, 'seed'> = {},
): fc.Arbitrary<ValidRows<Schema>> {
  const { count: most = MOST, ...rest } = options;
  return record({ count: integer({ min: 1, max: most }), seed: nat() }).map(({ count, seed }) =>
    validRows(schema, { ...rest, count, seed }),
  );
}
