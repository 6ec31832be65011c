import type { JWTVerifyGetKey } from 'jose';
import type { Claims } from '../../model/rule.ts';
import { importPeer } from '../../report/missing-package.ts';
import { ProblemError } from '../../report/problem.ts';
import type { Identify } from '../server-options.ts';
import { IdentityUnavailable } from './identity-unavailable.ts';

/** How to verify a bearer token. Exactly one of the first three options sets the key. */
export interface BearerOptions {
  /** The URL where the identity provider publishes its keys. */
  readonly jwksUrl?: string | URL;
  /** A secret of at least 32 bytes that the provider shares with this server. */
  readonly secret?: string | Uint8Array;
  readonly publicKey?: CryptoKey;
  /** The required issuer of the token. */
  readonly issuer?: string | readonly string[];
  /** The required audience of the token. Without it, a token for any other service is accepted. */
  readonly audience?: string | readonly string[];
  /** By default HS256 for a secret, and the asymmetric algorithms otherwise. */
  readonly algorithms?: readonly string[];
  /** Tolerated difference between the clocks in seconds: 5 by default. */
  readonly clockTolerance?: number;
}

const ASYMMETRIC = ['EdDSA', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'RS256'];

/**
 * Authenticates requests by the token in `Authorization: Bearer`. A request without the
 * header is anonymous. An invalid token is an error, and is never treated as anonymous.
 *
 * @example
 * bearer({ jwksUrl: 'https://id.example.com/jwks.json', issuer: 'https://id.example.com', audience: 'garden' });
 */
export function bearer(options: BearerOptions): Identify {
  const key = keyOf(options);
  const algorithms = [...(options.algorithms ?? (options.secret ? ['HS256'] : ASYMMETRIC))];
  const { issuer, audience, clockTolerance = 5 } = options;
  const list = (one: string | readonly string[]): string | string[] =>
    typeof one === 'string' ? one : [...one];
  return async (request): Promise<Claims | undefined> => {
    const header = request.headers.get('authorization');
    if (header === null) return undefined;
    const token = /^Bearer ([\w.~+/=-]+)$/i.exec(header)?.[1];
    if (token === undefined) throw new Error('the Authorization header has no bearer token.');
    // Imported here, so that a server with its own identity function does not need jose.
    const { jwtVerify } = await importPeer('bearer()', () => import('jose'));
    const { payload } = await jwtVerify(token, key, {
      algorithms,
      clockTolerance,
      requiredClaims: ['exp'],
      ...(issuer === undefined ? {} : { issuer: list(issuer) }),
      ...(audience === undefined ? {} : { audience: list(audience) }),
    });
    return payload;
  };
}

function keyOf({ jwksUrl, secret, publicKey }: BearerOptions): JWTVerifyGetKey {
  if ([jwksUrl, secret, publicKey].filter((key) => key !== undefined).length !== 1) {
    throw new ProblemError({
      code: 'server/bearer-key',
      message: 'bearer() needs exactly one key.',
      fix: 'pass exactly one of jwksUrl, secret and publicKey.',
    });
  }
  if (jwksUrl !== undefined) return publishedKey(new URL(jwksUrl));
  if (publicKey !== undefined) return () => publicKey;
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
  if (bytes === undefined || bytes.length < 32) {
    throw new ProblemError({
      code: 'server/short-secret',
      message: 'the secret of bearer() is shorter than 32 bytes, and can be guessed.',
      fix: 'use 32 random bytes: openssl rand -base64 32.',
    });
  }
  return () => bytes;
}

function publishedKey(url: URL): JWTVerifyGetKey {
  let find: JWTVerifyGetKey | undefined;
  return async (header, token) => {
    const { createRemoteJWKSet, errors } = await importPeer('bearer()', () => import('jose'));
    find ??= createRemoteJWKSet(url);
    try {
      return await find(header, token);
    } catch (cause) {
      // Errors of a token under the published keys; all other errors are the provider's.
      const ofToken = [
        errors.JOSENotSupported,
        errors.JWKSMultipleMatchingKeys,
        errors.JWKSNoMatchingKey,
        errors.JWSInvalid,
      ];
      if (ofToken.some((kind) => cause instanceof kind)) throw cause;
      throw new IdentityUnavailable(`the keys at ${url.origin}${url.pathname} cannot be fetched.`, {
        cause,
      });
    }
  };
}
