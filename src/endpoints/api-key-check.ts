import { createHash, timingSafeEqual } from 'node:crypto';
import { ProblemError } from '../report/problem.ts';

/**
 * Makes the check of the header X-Api-Key. Throws where the key is missing or blank:
 * an environment variable that is not set must not open the endpoints.
 */
export function apiKeyCheck(apiKey: unknown): (request: Request) => boolean {
  if (apiKey === false) return () => true;
  if (typeof apiKey !== 'string' || apiKey.trim() === '') {
    throw new ProblemError({
      code: 'server/api-key',
      message: `apiKey is ${typeof apiKey === 'string' ? 'empty' : `not a string (${String(apiKey)})`}, so that anybody could call the endpoints in the name of any client.`,
      fix: 'give zero-cache and the server the same key: openssl rand -base64 32, as ZERO_QUERY_API_KEY, ZERO_MUTATE_API_KEY and apiKey; or write apiKey: false where nobody but zero-cache can reach the endpoints.',
    });
  }
  const wanted = digest(apiKey);
  return (request) => timingSafeEqual(digest(request.headers.get('x-api-key') ?? ''), wanted);
}

/** Digests have one length, so that the comparison tells nothing of the key's. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
