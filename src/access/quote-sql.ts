import type { Scalar } from '../model/rule.ts';

/** An identifier, safe in SQL. */
export const quoteName = (...parts: readonly string[]): string =>
  parts.map((part) => `"${part.replaceAll('"', '""')}"`).join('.');

/** A text literal, safe in SQL. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A table of the rules, `packages` or `billing.invoices`, as SQL names it. */
export const quoteTable = (table: string): string =>
  table.includes('.') ? quoteName(...table.split('.', 2)) : quoteName('public', table);

const TYPES: Readonly<Record<Scalar, string>> = {
  uuid: 'uuid',
  text: 'text',
  integer: 'bigint',
  boolean: 'boolean',
  moment: 'timestamptz',
};

/** The SQL type that holds a scalar of the rules. */
export const sqlType = (type: Scalar): string => TYPES[type];

/** A literal of a rule, with its type. */
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
