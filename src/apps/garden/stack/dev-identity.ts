import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SignJWT } from 'jose';
import type postgres from 'postgres';

/** A development sign-in. */
export interface SignIn {
  readonly as: 'user' | 'admin';
  readonly name: string;
}

export interface SignedIn {
  readonly token: string;
  readonly claims: {
    readonly sub: string;
    readonly roles: readonly string[];
    readonly name: string;
  };
}

/** Audience of the stack's own tokens. */
export const AUDIENCE = 'garden dev';

/**
 * Secret of the stack's own tokens. It is stored in a file, so that a page stays signed in across
 * restarts.
 */
export async function keptSecret(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined && kept.length >= 32) return kept;
  const secret = randomBytes(32).toString('base64url');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, secret, { mode: 0o600 });
  return secret;
}

/**
 * An identity provider for development that trusts every caller. A real identity provider is not
 * part of this package.
 */
export async function signIn(
  { as, name }: SignIn,
  secret: string,
  sql: postgres.Sql,
): Promise<SignedIn> {
  const claims = { sub: subjectOf(name), roles: as === 'admin' ? ['admin'] : [], name };
  const now = new Date();
  await sql`
    insert into account (id, name, created_at, updated_at)
    values (${claims.sub}, ${name}, ${now}, ${now}) on conflict do nothing`;
  const token = await new SignJWT({ roles: claims.roles, name })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(claims.sub)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));
  return { token, claims };
}

/** A version 8 uuid from the hash of the name: the same name is the same user. */
function subjectOf(name: string): string {
  const hash = createHash('sha256').update(`garden dev ${name}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** Parses the body of a sign-in. Returns `undefined` if it is invalid. */
export function parseSignIn(body: unknown): SignIn | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { as, name } = body as Record<string, unknown>;
  if (as !== 'user' && as !== 'admin') return undefined;
  if (typeof name !== 'string' || name.trim() === '' || name.length > 100) return undefined;
  // Postgres text cannot contain NUL.
  if (name.includes('\0')) return undefined;
  return { as, name: name.trim() };
}
