import type { Principal } from '../principal.ts';

/** The account of somebody who is signed in; without one there is nobody to write for. */
export function signedIn({ sub }: Principal): string {
  if (sub === undefined) throw new Error('denied: sign in first.');
  return sub;
}
