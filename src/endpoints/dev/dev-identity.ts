import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';
import type { JWK } from 'jose';
import type { Claims } from '../../model/rule.ts';
import { importPeer } from '../../report/missing-package.ts';
import { ProblemError } from '../../report/problem.ts';

/** Issuer and audience of development tokens. */
export const DEV_ISSUER = 'garden-dev';

/** An identity provider for development, which signs arbitrary claims. */
export interface DevIdentity {
  /** The published key, as a JWK set. */
  readonly jwks: { readonly keys: JWK[] };
  /** A token that is valid for 12 hours. */
  sign(claims: Claims): Promise<string>;
}

const ALGORITHM = 'ES256';

/**
 * Opens the identity provider of `garden dev`. Its key is kept in a file, so that a page
 * stays signed in across restarts. Throws if NODE_ENV is production.
 */
export async function openDevIdentity(keyFile: string): Promise<DevIdentity> {
  refuseProduction();
  const { importJWK, SignJWT } = await importPeer('garden dev', () => import('jose'));
  const secret = (await keptKey(keyFile)) ?? (await newKey(keyFile));
  const { d: _, ...published } = secret;
  const key = await importJWK(secret, ALGORITHM);
  return {
    jwks: { keys: [{ ...published, alg: ALGORITHM, use: 'sig' }] },
    sign: (claims) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: ALGORITHM })
        .setIssuer(DEV_ISSUER)
        .setAudience(DEV_ISSUER)
        .setIssuedAt()
        .setExpirationTime('12h')
        .sign(key),
  };
}

function refuseProduction(): void {
  if (process.env['NODE_ENV'] !== 'production') return;
  throw new ProblemError({
    code: 'cli/production',
    message: 'NODE_ENV is production, but garden dev lets anyone sign in as any user.',
    fix: 'unset NODE_ENV on your own machine; docs/sync.md describes how to run the parts in production.',
  });
}

async function keptKey(file: string): Promise<JWK | undefined> {
  try {
    const kept = JSON.parse(await readFile(file, 'utf8')) as JWK;
    return typeof kept.d === 'string' ? kept : undefined;
  } catch {
    // The key file is missing, or the process was killed while writing it.
    return undefined;
  }
}

async function newKey(file: string): Promise<JWK> {
  const { exportJWK, generateKeyPair } = await importPeer('garden dev', () => import('jose'));
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const key = await exportJWK(privateKey);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(key), { mode: 0o600 });
  return key;
}
