import { randomBytes } from 'node:crypto';
import type { Claims } from '../../model/rule.ts';
import type { DevIdentity } from './dev-identity.ts';
import { signInPage, type SignInPageOptions } from './sign-in-page.ts';

const LONGEST = 16_000;

/**
 * Signs in as any principal without a password, for pages on this machine only. Another site in the
 * same browser can reach this port by its own host name (DNS rebinding) or cross-origin. Host and
 * Origin reveal both.
 */
export async function answerSignIn(
  request: Request,
  identity: DevIdentity,
  options: SignInPageOptions,
): Promise<Response> {
  const { origin: own, searchParams } = new URL(request.url);
  if (!isLoopback(own)) return refuse(403, 'use the address 127.0.0.1 or localhost.');
  if (request.method === 'GET') return showPage(searchParams.get('return'), options);
  const origin = request.headers.get('origin') ?? '';
  if (!isLoopback(origin))
    return refuse(
      403,
      'sign in from a page on this machine; a script sends its address as Origin, for example http://127.0.0.1.',
    );
  const shared = { 'access-control-allow-origin': origin, vary: 'origin' };
  if (request.method === 'OPTIONS') {
    const allowed = { 'access-control-allow-headers': 'content-type' };
    return new Response(null, { status: 204, headers: { ...shared, ...allowed } });
  }
  if (request.method !== 'POST') {
    return refuse(405, 'use GET or POST.', { allow: 'GET, POST', ...shared });
  }
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return refuse(415, 'send JSON: content-type: application/json.', shared);
  }
  const claims = parseClaims(await request.text());
  if (typeof claims === 'string') return refuse(400, claims, shared);
  return Response.json({ token: await identity.sign(claims), claims }, { headers: shared });
}

/** Whether a URL or origin is on this machine. */
function isLoopback(url: string): boolean {
  const found = URL.parse(url);
  if (found === null || !/^https?:$/.test(found.protocol)) return false;
  return ['127.0.0.1', 'localhost', '[::1]'].includes(found.hostname);
}

function showPage(back: string | null, options: SignInPageOptions): Response {
  if (back !== null && !isLoopback(back)) {
    return refuse(400, 'return must be the URL of a page on this machine.');
  }
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  return new Response(signInPage({ ...options, nonce, back: back ?? undefined }), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
  });
}

/** The claims of a token, or an error message. */
function parseClaims(body: string): Claims | string {
  if (body.length > LONGEST) return `the claims are longer than ${LONGEST} characters.`;
  let claims: unknown;
  try {
    claims = JSON.parse(body);
  } catch {
    return 'the claims are not JSON.';
  }
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) {
    return 'the claims must be an object, such as { "sub": "…", "roles": ["admin"] }.';
  }
  const { sub } = claims as Claims;
  if (sub !== undefined && typeof sub !== 'string') return 'the claim sub must be a string.';
  // Postgres cannot represent it in JSON.
  if (body.includes('\\u0000')) return 'a claim contains a NUL character.';
  return claims as Claims;
}

const refuse = (
  status: number,
  error: string,
  headers: Readonly<Record<string, string>> = {},
): Response => Response.json({ error }, { status, headers });
