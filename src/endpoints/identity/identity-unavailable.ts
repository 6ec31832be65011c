/**
 * Thrown by an identity function that cannot tell whether a token is good: its keys or
 * its session store are out of reach. The answer is 503 instead of 401, and `onError`
 * gets the error.
 *
 * @example
 * const sessions = await fetch('https://sessions.example.com').catch((cause: unknown) => {
 *   throw new IdentityUnavailable('the session store does not answer.', { cause });
 * });
 */
export class IdentityUnavailable extends Error {
  override readonly name = 'IdentityUnavailable';
}
