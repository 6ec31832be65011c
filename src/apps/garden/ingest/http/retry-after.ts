const LONGEST = 24 * 60 * 60 * 1000;

/**
 * Reads `Retry-After`, a number of seconds or a date, as milliseconds. An invalid value is ignored.
 * The maximum is one day.
 */
export function readRetryAfter(text: string | null, now: number): number | undefined {
  if (text === null) return undefined;
  const trimmed = text.trim();
  const wait = /^\d+$/.test(trimmed)
    ? Number(trimmed) * 1000
    : // Date.parse accepts almost any text. An HTTP date ends in GMT.
      trimmed.endsWith('GMT')
      ? Date.parse(trimmed) - now
      : Number.NaN;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), LONGEST);
}
