import type { Scalar } from './rule.ts';
import { splitTableId } from './table-id.ts';

/** Drizzle's migrator splits a file at every occurrence of this text, even inside quotes. */
const BREAKPOINT = /--(?=> statement-breakpoint)/g;

/** An identifier, safe in SQL. */
export const quoteName = (...parts: readonly string[]): string => parts.map(quotePart).join('.');

function quotePart(part: string): string {
  const quoted = `"${part.replaceAll('"', '""')}"`;
  const escaped = quoted.replaceAll('\\', '\\\\').replaceAll(BREAKPOINT, '-\\002d');
  return quoted.search(BREAKPOINT) === -1 ? quoted : `U&${escaped}`;
}

/** A text literal, safe in SQL. */
export function quoteText(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  if (quoted.search(BREAKPOINT) === -1) return quoted;
  return `E${quoted.replaceAll('\\', '\\\\').replaceAll(BREAKPOINT, '-\\x2d')}`;
}

/** Dollar-quotes the body of a function or block, with a tag that does not occur in it. */
export function quoteBody(body: string): string {
  let tag = '$$';
  for (let at = 1; body.includes(tag); at += 1) tag = `$body${at}$`;
  return `${tag}\n${body}\n${tag}`;
}

/** Quotes a table id of the rules, `packages` or `billing.invoices`, for SQL. */
export function quoteTable(table: string): string {
  const { schema, name } = splitTableId(table);
  return quoteName(schema, name);
}

const TYPES: Readonly<Record<Scalar, string>> = {
  uuid: 'uuid',
  text: 'text',
  integer: 'bigint',
  boolean: 'boolean',
  moment: 'timestamptz',
  // An enum is compared as text, because a label cannot be used in the transaction that adds it.
  enum: 'text',
};

/** The SQL type of a scalar in the rules. */
export const sqlType = (type: Scalar): string => TYPES[type];

/** A literal of a rule as SQL, with a cast to its type. */
export function quoteLiteral(value: string | number | boolean, type: Scalar): string {
  switch (type) {
    case 'integer':
      return `${String(value)}::bigint`.replace(/^-.*/, (negative) => `(${negative})`);
    case 'boolean':
      return String(value);
    case 'moment':
      return `${quoteText(new Date(Number(value)).toISOString())}::timestamptz`;
    default:
      return `${quoteText(String(value))}::${sqlType(type)}`;
  }
}
