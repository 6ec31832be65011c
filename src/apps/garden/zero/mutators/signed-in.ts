import { ApplicationError } from '@rocicorp/zero';
import type { Principal } from '../principal.ts';

/** The account of somebody who is signed in; without one there is nobody to write for. */
export function signedIn({ sub }: Principal): string {
  if (sub === undefined) {
    throw new ApplicationError('denied: sign in first.', { details: { code: 'access/denied' } });
  }
  return sub;
}
