/**
 * A character that is neither white space nor invisible, as a pattern that
 * Postgres and JavaScript interpret alike. They define `\s` differently, and in
 * Postgres it depends on the locale.
 */
export const VISIBLE =
  '[^\\u0009-\\u000d\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200f\\u2028\\u2029\\u202f\\u205f\\u2060\\u3000\\ufeff]';
