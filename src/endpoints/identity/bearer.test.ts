import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearer } from './bearer.ts';
import { IdentityUnavailable } from './identity-unavailable.ts';

const text = 'thirty-two bytes and some more of it';
const secret = new TextEncoder().encode(text);
const identify = bearer({ secret: text, issuer: 'https://id.test', audience: 'garden' });

/** The text is that of jose, or ours. */
const REFUSED =
  /^(?:Invalid|Unsecured|JW|no applicable|signature|Unsupported|"|missing|Key|unexpected|the Authorization|Expected)/i;

const asking = (authorization?: string): Request =>
  new Request('http://api.test/query', {
    headers: authorization === undefined ? {} : { authorization },
  });

const draft = (claims: Record<string, unknown> = { sub: 'ann' }, alg = 'HS256') =>
  new SignJWT({ iss: 'https://id.test', aud: 'garden', ...claims })
    .setProtectedHeader({ alg })
    .setExpirationTime('5m');

test('a valid token returns its claims; without a token, the request is anonymous', async () => {
  const token = await draft({ sub: 'ann', roles: ['admin'] }).sign(secret);
  expect(await identify(asking(`Bearer ${token}`))).toMatchObject({ sub: 'ann', roles: ['admin'] });
  expect(await identify(asking(`bearer ${token}`))).toMatchObject({ sub: 'ann' });
  expect(await identify(asking())).toBeUndefined();
});

describe('refused', () => {
  const now = Math.floor(Date.now() / 1000);
  test.each<readonly [string, () => Promise<string> | string]>([
    ['unsigned', () => new UnsecuredJWT({ sub: 'ann', aud: 'garden' }).encode()],
    [
      'unsigned, with a signature',
      async () =>
        `${part({ alg: 'none' })}.${(await draft().sign(secret)).split('.').slice(1).join('.')}`,
    ],
    ['signed with another key', () => draft().sign(new Uint8Array(32).fill(7))],
    [
      'expired',
      () =>
        draft()
          .setExpirationTime(now - 60)
          .sign(secret),
    ],
    [
      'not yet',
      () =>
        draft()
          .setNotBefore(now + 60)
          .sign(secret),
    ],
    [
      'without an end',
      () =>
        new SignJWT({ iss: 'https://id.test', aud: 'garden' })
          .setProtectedHeader({ alg: 'HS256' })
          .sign(secret),
    ],
    ['for another audience', () => draft().setAudience('kitchen').sign(secret)],
    ['without an audience', () => draft({ aud: undefined }).sign(secret)],
    ['by another issuer', () => draft().setIssuer('https://evil.test').sign(secret)],
    ['of another algorithm', () => draft({ sub: 'ann' }, 'HS512').sign(secret)],
    [
      'with changed claims',
      async () =>
        swap(await draft().sign(secret), {
          sub: 'eve',
          aud: 'garden',
          iss: 'https://id.test',
          exp: now + 60,
        }),
    ],
    ['cut short', async () => (await draft().sign(secret)).slice(0, -3)],
    ['empty', () => ''],
    ['no token', () => 'not a token'],
  ])('%s', async (_, make) => {
    await expect(identify(asking(`Bearer ${await make()}`))).rejects.toThrow(REFUSED);
  });

  test('other schemes', async () => {
    await expect(identify(asking('Basic YTpi'))).rejects.toThrow('no bearer token');
    await expect(identify(asking('Bearer'))).rejects.toThrow('no bearer token');
  });
});

const part = (json: object): string => Buffer.from(JSON.stringify(json)).toString('base64url');
const swap = (token: string, claims: object): string => {
  const [head, , signature] = token.split('.');
  return [head, part(claims), signature].join('.');
};

describe('published keys', () => {
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;
  let server: Server;
  let url: string;
  beforeAll(async () => {
    keys = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'ES256' };
    server = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/jwks.json`;
  });
  afterAll(() => server.close());

  const signed = (key: Parameters<SignJWT['sign']>[0], header: { alg: string; kid: string }) =>
    new SignJWT({ sub: 'ann' }).setProtectedHeader(header).setExpirationTime('1m').sign(key);

  test('verify a token with the key that it names', async () => {
    const own = bearer({ jwksUrl: url });
    const good = await signed(keys.privateKey, { alg: 'ES256', kid: 'one' });
    expect(await own(asking(`Bearer ${good}`))).toMatchObject({ sub: 'ann' });
    const unknown = await signed(keys.privateKey, { alg: 'ES256', kid: 'two' });
    await expect(own(asking(`Bearer ${unknown}`))).rejects.toThrow(REFUSED);
    const other = await generateKeyPair('ES256');
    const forged = await signed(other.privateKey, { alg: 'ES256', kid: 'one' });
    await expect(own(asking(`Bearer ${forged}`))).rejects.toThrow(REFUSED);
  });

  test('are not used as a secret: a token signed with the public key as an HMAC secret is refused', async () => {
    const raw = new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)));
    const forged = await signed(raw, { alg: 'HS256', kid: 'one' });
    await expect(bearer({ jwksUrl: url })(asking(`Bearer ${forged}`))).rejects.toThrow(REFUSED);
    const own = bearer({ publicKey: keys.publicKey });
    await expect(own(asking(`Bearer ${forged}`))).rejects.toThrow(REFUSED);
    const good = await signed(keys.privateKey, { alg: 'ES256', kid: 'any' });
    expect(await own(asking(`Bearer ${good}`))).toMatchObject({ sub: 'ann' });
  });
});

describe('unavailable keys', () => {
  const answering = async (
    answer: RequestListener,
    act: (url: string) => Promise<void>,
  ): Promise<void> => {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      await act(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  };
  const ask = async (url: string, header = { alg: 'ES256', kid: 'one' }): Promise<unknown> => {
    const { privateKey } = await generateKeyPair('ES256');
    const signed = await new SignJWT({ sub: 'ann' })
      .setProtectedHeader(header)
      .setExpirationTime('1m')
      .sign(privateKey);
    try {
      return await bearer({ jwksUrl: url })(asking(`Bearer ${signed}`));
    } catch (error) {
      return error;
    }
  };

  test.each<readonly [string, RequestListener]>([
    ['it answers with an error', (_, response) => response.writeHead(500).end()],
    ['it answers with a page', (_, response) => response.end('<html>')],
    ['it answers with other JSON', (_, response) => response.end('{}')],
    ['it hangs up', (request) => request.socket.destroy()],
  ])('the provider is unavailable if %s', async (_, answer) => {
    await answering(answer, async (url) => {
      const error = await ask(url);
      expect(error).toBeInstanceOf(IdentityUnavailable);
      expect(error).toMatchObject({
        message: expect.stringContaining(url),
        cause: expect.any(Error),
      });
    });
  });

  test('nothing listens at the address', async () => {
    expect(await ask('http://127.0.0.1:1/jwks.json')).toBeInstanceOf(IdentityUnavailable);
  });

  test('a token that names an unknown key is refused', async () => {
    await answering(
      (_, response) => response.end('{ "keys": [] }'),
      async (url) => {
        const error = await ask(url);
        expect(error).toBeInstanceOf(Error);
        expect(error).not.toBeInstanceOf(IdentityUnavailable);
      },
    );
  });
});

test('bearer() needs exactly one key of sufficient length', () => {
  expect(() => bearer({})).toThrow('needs exactly one key');
  expect(() => bearer({ secret: text, jwksUrl: 'https://id.test' })).toThrow(
    'needs exactly one key',
  );
  expect(() => bearer({ secret: 'short' })).toThrow('shorter than 32 bytes');
});
