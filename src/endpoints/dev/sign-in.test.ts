import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { DEV_ISSUER, openDevIdentity, type DevIdentity } from './dev-identity.ts';
import { answerSignIn } from './sign-in.ts';

const URL_ = 'http://127.0.0.1:3840/_garden/sign-in';
const PAGE = 'http://localhost:5173';
let folder: string;
let identity: DevIdentity;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'garden-sign-in-'));
  identity = await openDevIdentity(join(folder, 'kept/key'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ask = (url: string, init: RequestInit = {}): Promise<Response> =>
  answerSignIn(new Request(url, init), identity, {
    title: 'Notes & <more>',
    principals: { Ada: { sub: 'ada', name: '</script><script>alert(1)</script>' } },
  });
const post = (init: RequestInit & { readonly headers?: Record<string, string> } = {}) =>
  ask(URL_, {
    method: 'POST',
    body: '{"sub":"ada","roles":["admin"],"team":7}',
    ...init,
    headers: { origin: PAGE, 'content-type': 'application/json', ...init.headers },
  });
const verify = (token: string) =>
  jwtVerify(token, createLocalJWKSet(identity.jwks), { issuer: DEV_ISSUER, audience: DEV_ISSUER });

test('any claims become a token, which the published key verifies', async () => {
  const answer = await post();
  expect(answer.headers.get('access-control-allow-origin')).toBe(PAGE);
  const { token, claims } = (await answer.json()) as { token: string; claims: object };
  expect(claims).toEqual({ sub: 'ada', roles: ['admin'], team: 7 });
  const { payload } = await verify(token);
  expect(payload).toMatchObject({ ...claims, iss: DEV_ISSUER, aud: DEV_ISSUER });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(12 * 3600);
});

test('the key is kept, private, and never published', async () => {
  const again = await openDevIdentity(join(folder, 'kept/key'));
  await expect(verify(await again.sign({ sub: 'ada' }))).resolves.toBeDefined();
  expect(statSync(join(folder, 'kept/key')).mode & 0o777).toBe(0o600);
  const { d } = JSON.parse(readFileSync(join(folder, 'kept/key'), 'utf8')) as { d: string };
  expect(JSON.stringify(identity.jwks)).not.toContain(d);
});

test('a page on another port may ask first', async () => {
  const answer = await ask(URL_, { method: 'OPTIONS', headers: { origin: PAGE } });
  expect([answer.status, answer.headers.get('access-control-allow-headers')]).toEqual([
    204,
    'content-type',
  ]);
});

test.each<readonly [string, number, () => Promise<Response>]>([
  ['another site', 403, () => post({ headers: { origin: 'https://evil.example' } })],
  [
    'a site that looks local',
    403,
    () => post({ headers: { origin: 'http://localhost.evil.example' } }),
  ],
  ['a sandboxed frame', 403, () => post({ headers: { origin: 'null' } })],
  ['no Origin', 403, () => ask(URL_, { method: 'POST', body: '{}' })],
  [
    'a host name that was rebound to this machine',
    403,
    () =>
      ask('http://evil.example:3840/_garden/sign-in', {
        method: 'POST',
        headers: { origin: PAGE, 'content-type': 'application/json' },
        body: '{}',
      }),
  ],
  ['another method', 405, () => post({ method: 'PUT' })],
  [
    'text, which needs no preflight',
    415,
    () => post({ headers: { 'content-type': 'text/plain' } }),
  ],
  ['no JSON', 400, () => post({ body: '{' })],
  ['a list', 400, () => post({ body: '[]' })],
  ['a subject that is a number', 400, () => post({ body: '{"sub":1}' })],
  ['a NUL', 400, () => post({ body: String.raw`{"sub":"a\u0000b"}` })],
  ['too much', 400, () => post({ body: JSON.stringify({ sub: 'a'.repeat(20_000) }) })],
])('%s is answered with %i, and signs nobody in', async (_, status, sent) => {
  const answer = await sent();
  expect(answer.status).toBe(status);
  expect(await answer.text()).not.toContain('token');
});

test('the page offers the principals, and lets no script of theirs run', async () => {
  const answer = await ask(`${URL_}?return=${encodeURIComponent(PAGE)}`);
  const text = await answer.text();
  expect(text).toContain('Sign in to Notes &#38; &#60;more&#62;');
  expect(text).toContain(String.raw`\u003c/script>\u003cscript>alert(1)`);
  expect(text).not.toContain('<script>alert');
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/script-src 'nonce-[\w+/=]+'/);
  expect(policy).toContain("frame-ancestors 'none'");
});

test.each(['https://evil.example/', 'javascript:alert(1)', '//evil.example', 'x'])(
  'the page returns to no %s',
  async (back) => {
    const answer = await ask(`${URL_}?return=${encodeURIComponent(back)}`);
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { error: 'return must be the URL of a page on this machine.' },
    ]);
  },
);

test('production is refused', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  try {
    await expect(openDevIdentity(join(folder, 'kept/key'))).rejects.toMatchObject({
      problem: { code: 'cli/production' },
    });
  } finally {
    vi.unstubAllEnvs();
  }
});
