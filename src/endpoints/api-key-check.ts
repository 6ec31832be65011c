import { createHash, timingSafeEqual } from 'node:crypto';
import { ProblemError } from '../report/problem.ts';

/**
 * Creates the check of the X-Api-Key header. Throws if the key is missing or blank, because
 * an unset environment variable must not open the endpoints.
 */
export function apiKeyCheck(apiKey: unknown): (request: Request) => boolean {
  if (apiKey === false) return () => true;
  if (typeof apiKey !== 'string' || apiKey.trim() === '') {
    throw new ProblemError({
      code: 'server/api-key',
      message: `apiKey is ${typeof apiKey === 'string' ? 'empty' : `not a string (${String(apiKey)})`}, so anyone could call the endpoints in the name of any client.`,
      fix: 'configure the same key in zero-cache and in the server: openssl rand -base64 32, as ZERO_QUERY_API_KEY, ZERO_MUTATE_API_KEY and apiKey; or set apiKey: false if nothing but zero-cache can reach the endpoints.',
    });
  }
  const wanted = digest(apiKey);
  return (request) => timingSafeEqual(digest(request.headers.get('x-api-key') ?? ''), wanted);
}

/** Digests have a fixed length, so the comparison does not reveal the length of the key. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
