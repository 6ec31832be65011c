/**
 * Patterns of dates and times. They refuse days that do not exist, because a validator may
 * ignore `format`. `[0-9]`, not `\d`: in Python, `\d` matches the digits of every script.
 */
const YEAR = '(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})';
const LEAP_YEAR =
  '(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)';
const DAY = [
  '(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])',
  '(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)',
  '02-(?:0[1-9]|1[0-9]|2[0-8])',
].join('|');
const DATE = `(?:${YEAR}-(?:${DAY})|${LEAP_YEAR}-02-29)`;
const HOUR_MINUTE = '(?:[01][0-9]|2[0-3]):[0-5][0-9]';

/** `2026-01-02` */
export const DATE_PATTERN: string = `^${DATE}$`;

/** RFC 3339, as a `Date` is written in JSON: `2026-01-02T03:04:05.678Z`. */
export const RFC_3339_PATTERN: string = rfc3339('');

/** The offset is optional, as in a `timestamp` without time zone. */
export const LOCAL_TIME_PATTERN: string = rfc3339('?');

/** Everything that the validators accept as the text of a timestamp. */
export const TIMESTAMP_PATTERN: string = `^${DATE}[T ]${HOUR_MINUTE}(?::[0-5][0-9](?:\\.[0-9]{1,6})?)?(?:Z|[+-](?:0[0-9]|1[0-4])(?::[0-5][0-9])?)?$`;

function rfc3339(offset: '' | '?'): string {
  const seconds = ':[0-5][0-9](?:\\.[0-9]{1,6})?';
  return `^${DATE}T${HOUR_MINUTE}${seconds}(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])${offset}$`;
}
