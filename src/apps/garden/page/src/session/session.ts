import type { Principal } from '@techgarden/schema/garden/zero';

/** Roles for the development sign-in. */
export type Role = 'user' | 'admin';

/** The session of a signed-in user, as stored in the browser. */
export interface Session {
  readonly as: Role;
  readonly name: string;
  readonly token: string;
  /** Expiry of the token, in milliseconds since 1970. */
  readonly expiresAt: number;
  readonly principal: Principal & { readonly sub: string };
}

interface Answer {
  readonly token: string;
  readonly claims: { readonly sub: string; readonly roles: readonly string[] };
}

/** Signs in at the stack's development identity provider, which accepts any name. */
export async function signIn(as: Role, name: string): Promise<Session> {
  const response = await fetch('/api/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as, name }),
  });
  if (!response.ok) throw new Error(`Signing in was refused (${response.status}).`);
  const { token, claims } = (await response.json()) as Answer;
  const { sub, roles } = claims;
  return { as, name, token, expiresAt: expiryOf(token), principal: { sub, roles } };
}

function expiryOf(token: string): number {
  const [, payload = ''] = token.split('.');
  const text = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
  return (JSON.parse(text) as { readonly exp: number }).exp * 1000;
}
