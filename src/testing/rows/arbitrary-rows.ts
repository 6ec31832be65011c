import type fc from 'fast-check';
import type { SchemaExports } from '../schema/read-derived.ts';
import { validRows, type ValidRows, type ValidRowsOptions } from './valid-rows.ts';

/** A number of rows that finds most mistakes, and still prints on a screen. */
const MOST = 5;

/**
 * Arbitrary valid rows for fast-check: whole sets that point at each other, from one row
 * a table on. They shrink towards fewer rows.
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
