import { ProblemError } from '../report/problem.ts';

/** The primary key of a row; several values for a composite key, in the order of the key. */
export type RowId = RowKey | readonly RowKey[];
type RowKey = string | number | bigint;

/** A uuid in any case, which Postgres returns in lower case. */
const UUID = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

/**
 * Returns a function that creates the additional authenticated data of a row: the column's full
 * name and the primary key. A ciphertext only decrypts with the data that it was encrypted with.
 */
export function bindRows(place: string): (rowId: RowId) => Buffer {
  const start = `[${JSON.stringify(place)}`;
  return (rowId) => {
    const ids = Array.isArray(rowId)
      ? (rowId as readonly RowKey[]).map((one) => part(one, place)).join('')
      : part(rowId as RowKey, place);
    return Buffer.from(`${start}${ids}]`);
  };
}

function part(value: RowKey, place: string): string {
  if (typeof value === 'string' && value !== '') {
    return UUID.test(value) ? `,"${value.toLowerCase()}"` : `,${JSON.stringify(value)}`;
  }
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return `,"${value}"`;
  throw new ProblemError({
    code: 'secrets/row-id',
    message: `a ciphertext is bound to its row, but the id of the row is ${value === '' ? 'empty' : `of the type ${typeof value}`}.`,
    object: place,
    fix: 'pass the primary key: a uuid, a text or a whole number; a list for a composite key.',
  });
}
