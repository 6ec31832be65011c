import type postgres from 'postgres';
import { parseSignIn, signIn, type Sign } from './dev-identity.ts';

export interface SignInOptions {
  readonly sql: postgres.Sql;
  readonly sign: Sign;
  /** Origins of the page, for example `http://127.0.0.1:3840` and `http://localhost:3840`. */
  readonly origins: readonly string[];
}

/**
 * Sign-in without a password, for this stack's page only. Another site in the same browser can
 * reach this port by its own host name (DNS rebinding) or cross-origin. Host and Origin reveal
 * both.
 */
export async function answerSignIn(
  request: Request,
  { sql, sign, origins }: SignInOptions,
): Promise<Response> {
  if (request.method !== 'POST') {
    return refuse(405, 'sign in with POST.', { allow: 'POST' });
  }
  const { origin: asked } = new URL(request.url);
  if (!origins.includes(asked) || request.headers.get('origin') !== asked) {
    return refuse(403, `sign in from the page itself: ${origins.join(' or ')}.`);
  }
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return refuse(415, 'send JSON: content-type: application/json.');
  }
  const credentials = parseSignIn(await request.json().catch(() => undefined));
  if (credentials === undefined) return refuse(400, 'send { as: "user" | "admin", name }.');
  return Response.json(await signIn(credentials, sign, sql));
}

const refuse = (
  status: number,
  error: string,
  headers: Readonly<Record<string, string>> = {},
): Response => Response.json({ error }, { status, headers });
