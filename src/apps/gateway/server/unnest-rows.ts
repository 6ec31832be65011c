import { sql, type SQL } from 'drizzle-orm';

/** A column of {@link unnestRows}: the key in a row, and its name and type in SQL. */
export type RowColumn<Row> = readonly [key: keyof Row, name: string, type: string];

/**
 * Rows as a table named `r`, with one parameter for each column. The text does not depend on the
 * number of rows, and Postgres accepts no more than 65,535 parameters.
 */
export function unnestRows<Row>(
  columns: readonly RowColumn<Row>[],
  rows: readonly Row[],
): { readonly names: SQL; readonly table: SQL } {
  // In a subquery, the planner does not read the arrays, which would take a fifth of the time.
  const lists = columns.map(
    ([key, , type]) =>
      sql`(select ${textArray(rows.map((row) => row[key]))}::text)::${sql.raw(type)}[]`,
  );
  const names = sql.raw(columns.map(([, name]) => name).join(', '));
  return { names, table: sql`unnest(${sql.join(lists, sql`, `)}) as r (${names})` };
}

/** An array as Postgres writes it. */
const textArray = (values: readonly unknown[]): string => `{${values.map(element).join(',')}}`;

function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  const text = value instanceof Date ? value.toISOString() : String(value);
  // Hardly any text needs it, and the search for a pattern takes most of the time.
  const isPlain = !text.includes('"') && !text.includes('\\');
  return `"${isPlain ? text : text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
