const LONGEST = 24 * 60 * 60 * 1000;

/**
 * What `Retry-After` asks for, in milliseconds: a number of seconds or a date.
 * Nonsense asks for nothing, and nobody may ask for more than a day.
 */
export function readRetryAfter(text: string | null, now: number): number | undefined {
  if (text === null) return undefined;
  const trimmed = text.trim();
  const wait = /^\d+$/.test(trimmed)
    ? Number(trimmed) * 1000
    : // Date.parse reads nearly anything; a date of HTTP ends in GMT.
      trimmed.endsWith('GMT')
      ? Date.parse(trimmed) - now
      : Number.NaN;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), LONGEST);
}
