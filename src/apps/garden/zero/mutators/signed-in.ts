import { ApplicationError } from '@rocicorp/zero';
import type { Principal } from '../principal.ts';

/** Returns the id of the signed-in account. Throws if nobody is signed in. */
export function signedIn({ sub }: Principal): string {
  if (sub === undefined) {
    throw new ApplicationError('denied: sign in first.', { details: { code: 'access/denied' } });
  }
  return sub;
}
