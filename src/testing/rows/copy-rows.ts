import { quoteName } from '../../model/quote-sql.ts';
import { schemaOf } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import { isWritten } from '../../rows/draw-row.ts';
import { drawRows } from '../../rows/draw-rows.ts';
import type { Row } from '../../rows/row.ts';
import { valueText } from '../../rows/value-text.ts';
import { readDerived, type SchemaExports } from '../schema/read-derived.ts';
import { refuseSamples } from '../schema/refuse-unknown-names.ts';
import type { ValidRowsOptions } from './valid-rows.ts';

/** The rows of a table as COPY input. */
export interface CopyRows {
  /** `copy "public"."posts" ("id", …) from stdin` */
  readonly sql: string;
  /** Lines in COPY's text format. */
  readonly lines: Iterable<string>;
}

/**
 * Valid rows as COPY streams, in an order in which they can be loaded: the fastest way to
 * fill a database for a load test.
 *
 * @example
 * import { Readable } from 'node:stream';
 * import { pipeline } from 'node:stream/promises';
 * import postgres from 'postgres';
 * import { tags } from './schema.ts';
 *
 * const sql = postgres('postgres://localhost/load');
 * for (const { sql: copy, lines } of copyRows({ tags }, { count: 100_000 })) {
 *   await pipeline(Readable.from(lines), await sql.unsafe(copy).writable());
 * }
 */
export function* copyRows(
  schema: SchemaExports,
  { count = 1, seed = 1, samples = {}, casing }: ValidRowsOptions = {},
): Generator<CopyRows> {
  const { tables } = readDerived(schema, casing).schema;
  refuseSamples('copyRows', tables, samples, ({ exportName }) => [exportName]);
  for (const [table, rows] of drawRows(tables, { count, seed, samples })) {
    const columns = table.columns.filter(isWritten).map(({ name }) => quoteName(name));
    const into = quoteName(schemaOf(table), table.name);
    yield { sql: `copy ${into} (${columns.join(', ')}) from stdin`, lines: linesOf(table, rows) };
  }
}

function* linesOf(table: Table, rows: readonly Row[]): Generator<string> {
  const columns = table.columns.filter(isWritten);
  for (const row of rows) {
    const fields = columns.map(({ key, type }) => copyField(valueText(row[key], type)));
    yield `${fields.join('\t')}\n`;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': String.raw`\\`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
};

const copyField = (text: string | null): string =>
  text === null ? String.raw`\N` : text.replaceAll(/[\\\n\r\t]/g, (one) => ESCAPES[one] ?? one);
