/// <reference types="vite/client" />

/** A signed-in user of this tab. */
export interface Session {
  readonly token: string;
  readonly sub: string;
  readonly roles: readonly string[];
}

/** The sign-in page returns with the token and the claims after the #. */
function keepAnswer(): void {
  const answer = new URLSearchParams(location.hash.slice(1));
  const token = answer.get('token');
  if (token === null) return;
  sessionStorage.setItem('token', token);
  sessionStorage.setItem('claims', answer.get('claims') ?? '{}');
  history.replaceState(null, '', location.pathname);
}

export function readSession(): Session | undefined {
  keepAnswer();
  const token = sessionStorage.getItem('token');
  if (token === null) return undefined;
  const claims = JSON.parse(sessionStorage.getItem('claims') ?? '{}') as {
    sub?: string;
    roles?: readonly string[];
  };
  return claims.sub === undefined
    ? undefined
    : { token, sub: claims.sub, roles: claims.roles ?? [] };
}

/** The sign-in page of `garden dev`. In production, use the page of your identity provider. */
export function signIn(): void {
  const url = new URL(import.meta.env['VITE_SIGN_IN_URL'] as string);
  url.searchParams.set('return', location.href);
  location.assign(url);
}

export function signOut(): void {
  sessionStorage.clear();
  location.reload();
}
