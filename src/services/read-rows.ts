import type { ServiceOperation } from '../report/service-failure.ts';
import type { AnyDatabase } from '../postgres/any-database.ts';
import { checkBatch, selected, type AnyRow, type Batch, type Fields } from './input.ts';
import { hasKey, matchKeys, readKeys, withKey, type KeyValues } from './row-keys.ts';
import { ServiceError } from './service-error.ts';
import type { TableInfo } from './table-info.ts';

/** The statements of an operation, in a transaction of the principal. */
export type Work = (tx: AnyDatabase) => Promise<readonly AnyRow[]>;

/** The columns that a call asks for. */
export type Wanted = readonly string[] | undefined;

/** Reads the rows of keys. All of them must be readable. */
export function readRows(info: TableInfo, batch: Batch, columns: Wanted): Work {
  checkBatch(info, batch);
  const keys = readKeys(info, batch);
  const fields = selected(info, columns);
  return async (tx) => {
    const rows = await rowsOfKeys(tx, info, keys, withKey(info, fields));
    const { found, lost } = matchKeys(info, keys, rows, fields);
    if (lost.length > 0) throw new ServiceError({ code: 'not-found', table: info.name });
    return found;
  };
}

export const rowsOfKeys = async (
  tx: AnyDatabase,
  info: TableInfo,
  keys: readonly KeyValues[],
  fields: Fields,
): Promise<readonly AnyRow[]> =>
  keys.length === 0 ? [] : tx.select(fields).from(info.table).where(hasKey(info, keys));

/**
 * The error for keys that a write did not reach. A policy hides a row from a write without an
 * error; if the principal can read the row, the write was denied.
 */
export async function unreached(
  tx: AnyDatabase,
  info: TableInfo,
  keys: readonly KeyValues[],
  operation: ServiceOperation,
): Promise<ServiceError> {
  const readable = await rowsOfKeys(tx, info, keys, withKey(info, {}));
  const { name: table } = info;
  return new ServiceError(
    readable.length > 0 ? { code: 'denied', table, operation } : { code: 'not-found', table },
  );
}
