import type { Place } from './place.ts';

/** A line of a finding's `at`: `src/schema.ts:12  users.posts`. */
export function showPlace(at: Place | undefined, what: string): string {
  return at ? `${at.file}:${at.line}  ${what}` : what;
}
