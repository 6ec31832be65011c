/** The years with four digits. Postgres accepts no other years in an ISO date. */
const FIRST = Date.parse('0001-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** Whether Postgres accepts the `Date` as Drizzle formats it. */
export const isYearOfFourDigits = (date: Date): boolean =>
  date.getTime() >= FIRST && date.getTime() <= LAST;

/**
 * Whether the text is an ISO 8601 date. Postgres accepts more formats, but the meaning of
 * some ("today") changes over time, so they are refused on purpose.
 */
export const isDate = (text: string): boolean => isDay(DATE.exec(text));

/** Whether the text is an ISO 8601 date and time, with or without a zone. */
export const isTimestamp = (text: string): boolean => isDay(TIMESTAMP.exec(text));

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIMESTAMP =
  /^(\d{4})-(\d{2})-(\d{2})[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?:Z|[+-](?:0\d|1[0-4])(?::[0-5]\d)?)?$/;

/** Whether the year, month and day of a match are a valid date. */
function isDay(match: RegExpExecArray | null): boolean {
  if (!match) return false;
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number];
  if (year < 1 || month < 1 || month > 12) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}
