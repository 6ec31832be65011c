/**
 * Thrown by an identity function that cannot verify a token, because its keys or its
 * session store are unavailable. The answer is 503 instead of 401, and `onError` receives
 * the error.
 *
 * @example
 * const sessions = await fetch('https://sessions.example.com').catch((cause: unknown) => {
 *   throw new IdentityUnavailable('the session store does not answer.', { cause });
 * });
 */
export class IdentityUnavailable extends Error {
  override readonly name = 'IdentityUnavailable';
}
