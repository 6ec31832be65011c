import type postgres from 'postgres';
import { parseSignIn, signIn } from './dev-identity.ts';

export interface SignInOptions {
  readonly sql: postgres.Sql;
  readonly secret: string;
  /** Where the page is served: `http://127.0.0.1:3840` and `http://localhost:3840`. */
  readonly origins: readonly string[];
}

/**
 * Sign-in without a password, for the page of this stack alone. Another site in the same
 * browser can reach this port too, under a host name of its own (DNS rebinding) or across
 * origins: its Host or its Origin tells.
 */
export async function answerSignIn(
  request: Request,
  { sql, secret, origins }: SignInOptions,
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
  const wish = parseSignIn(await request.json().catch(() => undefined));
  if (wish === undefined) return refuse(400, 'give { as: "user" | "admin", name }.');
  return Response.json(await signIn(wish, secret, sql));
}

const refuse = (
  status: number,
  error: string,
  headers: Readonly<Record<string, string>> = {},
): Response => Response.json({ error }, { status, headers });
