import { createHash } from 'node:crypto';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { ProblemError } from '../../report/problem.ts';
import type { OrderColumn } from './page-order.ts';

/** Version of the format. A cursor of another version is refused. */
const VERSION = 1;
const LONGEST = 8192;

/** Identifies the query and its order, so that a cursor of another query is refused. */
export const orderFingerprint = (query: string, order: readonly OrderColumn[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        query,
        order.map(({ column, descending, nullsFirst }) => [column.name, descending, nullsFirst]),
      ]),
    )
    .digest('base64url')
    .slice(0, 11);

/** The values of a row's order columns as an opaque text for URLs. */
export function writeCursor(fingerprint: string, values: readonly unknown[]): string {
  const plain = values.map((value) => (typeof value === 'bigint' ? String(value) : value));
  return Buffer.from(JSON.stringify([VERSION, fingerprint, ...plain])).toString('base64url');
}

/** Reads a cursor from a client. It is not trusted: every value must fit its column. */
export function readCursor(
  cursor: string,
  fingerprint: string,
  order: readonly OrderColumn[],
): readonly unknown[] {
  const parts = parse(cursor);
  if (parts?.[0] !== VERSION || parts[1] !== fingerprint || parts.length !== order.length + 2) {
    throw invalid();
  }
  return order.map(({ column }, at) => {
    const value = valueOf(column, parts[at + 2]);
    if (value === undefined) throw invalid();
    return value;
  });
}

function parse(cursor: string): readonly unknown[] | undefined {
  if (typeof cursor !== 'string' || cursor.length > LONGEST) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts : undefined;
  } catch {
    return undefined;
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The value as Drizzle has it; `undefined` if it does not fit the column. */
function valueOf(column: PgColumn, value: unknown): unknown {
  if (value === null) return column.notNull ? undefined : null;
  switch (column.dataType) {
    case 'date': {
      const date = new Date(typeof value === 'string' ? value : Number.NaN);
      return Number.isNaN(date.getTime()) ? undefined : date;
    }
    case 'bigint':
      return typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? BigInt(value) : undefined;
    case 'number':
      return Number.isFinite(value) ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'string':
      return typeof value === 'string' && fitsText(column, value) ? value : undefined;
    default:
      return undefined;
  }
}

function fitsText(column: PgColumn, text: string): boolean {
  if (column.columnType === 'PgUUID') return UUID.test(text);
  if (column.enumValues?.length) return column.enumValues.includes(text);
  return !text.includes('\0');
}

const invalid = (): ProblemError =>
  new ProblemError({
    code: 'queries/cursor',
    message: 'the cursor does not belong to these pages.',
    fix: 'start at the first page, and pass cursors unchanged to the query that returned them.',
  });
