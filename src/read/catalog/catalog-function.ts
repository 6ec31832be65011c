import type { DatabaseFunction } from '../../model/database-function.ts';
import { givenSchema } from '../../model/table-id.ts';
import type { CatalogRows } from './catalog-rows.ts';
import { storageOptions } from './storage-options.ts';

/** A function or procedure. */
export function catalogFunction(row: CatalogRows['functions'][number]): DatabaseFunction {
  const { schema, settings, body, ...rest } = row;
  const { search_path: searchPath } = storageOptions(settings);
  return {
    ...rest,
    ...givenSchema(schema),
    ...(searchPath !== undefined && { searchPath }),
    ...(body !== null && { body }),
  };
}
