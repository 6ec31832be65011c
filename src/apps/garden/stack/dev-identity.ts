import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SignJWT } from 'jose';
import type postgres from 'postgres';

/** Whom one may sign in as while developing. */
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

/** Whom the stack's own tokens are for. */
export const AUDIENCE = 'garden dev';

/** The secret of the stack's own tokens; kept, so that a page stays signed in over restarts. */
export async function keptSecret(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined && kept.length >= 32) return kept;
  const secret = randomBytes(32).toString('base64url');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, secret, { mode: 0o600 });
  return secret;
}

/**
 * An identity provider for development: whoever asks is whoever they say. It
 * stands in for the real one, which is never a part of this package.
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

/** The same name is the same person: a uuid of version 8, made of its hash. */
function subjectOf(name: string): string {
  const hash = createHash('sha256').update(`garden dev ${name}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** Reads the body of a sign-in; `undefined` where it is none. */
export function parseSignIn(body: unknown): SignIn | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { as, name } = body as Record<string, unknown>;
  if (as !== 'user' && as !== 'admin') return undefined;
  if (typeof name !== 'string' || name.trim() === '' || name.length > 100) return undefined;
  // Postgres stores no NUL.
  if (name.includes('\0')) return undefined;
  return { as, name: name.trim() };
}
