import { createHash } from 'node:crypto';
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

/** Signs the claims of a token, as the identity provider of `garden dev` does. */
export type Sign = (claims: object) => Promise<string>;

/** Signs in a user of the page. The first sign-in creates the account. */
export async function signIn(
  { as, name }: SignIn,
  sign: Sign,
  sql: postgres.Sql,
): Promise<SignedIn> {
  const claims = { sub: subjectOf(name), roles: as === 'admin' ? ['admin'] : [], name };
  const now = new Date();
  await sql`
    insert into account (id, name, created_at, updated_at)
    values (${claims.sub}, ${name}, ${now}, ${now}) on conflict do nothing`;
  return { token: await sign(claims), claims };
}

/** A version 8 uuid from the hash of the name, so the same name is always the same user. */
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
