import type { ClaimContent } from '../model/read-claim.ts';
import { sqlType } from '../model/quote-sql.ts';
import type { Scalar } from '../model/rule.ts';

/**
 * A typed parameter. It is sent as text, so that every driver sends it the same way
 * whatever the type. Postgres infers the type of an enum.
 */
export const typedParameter = (place: string, type: Scalar, list = false): string =>
  type === 'enum' ? place : `${place}::text::${sqlType(type)}${list ? '[]' : ''}`;

/** A row value for {@link typedParameter}; a timestamp may be milliseconds or a Date. */
export function valueText(value: unknown, type: Scalar): string | null {
  if (value === null || value === undefined) return null;
  if (type === 'moment' && typeof value === 'number') return momentText(value);
  if (value instanceof Date) return value.toISOString();
  return String(value);
}

/** Whether a column holds a value; `held` is the column's text in Postgres. */
export function holdsValue(held: unknown, value: unknown, type: Scalar): boolean {
  if (held === null || value === null) return held === value;
  switch (type) {
    case 'moment':
      return Number(held) === (typeof value === 'number' ? value : millisecondsOf(value));
    case 'uuid':
      return held === String(value).toLowerCase();
    default:
      return held === String(value);
  }
}

const millisecondsOf = (value: unknown): number =>
  (value instanceof Date ? value : new Date(String(value))).getTime();

/** Exact to the microsecond, as in Postgres; a Date only has milliseconds. */
function momentText(milliseconds: number): string {
  const whole = Math.floor(milliseconds);
  const micros = Math.round((milliseconds - whole) * 1000);
  if (micros === 1000) return momentText(whole + 1);
  return new Date(whole).toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`);
}

/** A claim for {@link typedParameter}: NULL if it is missing or not of the expected type. */
export function claimText(content: ClaimContent | undefined, list: boolean): string | null {
  if (content === undefined || (typeof content === 'object') !== list) return null;
  return typeof content === 'object' ? arrayText(content) : String(content);
}

const arrayText = (items: readonly (string | number)[]): string =>
  `{${items.map((item) => `"${String(item).replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
