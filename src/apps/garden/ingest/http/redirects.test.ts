import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  json,
  localRegistry,
  status,
  type LocalRegistry,
} from '../../../../../test/ingest/local-registry.ts';
import { readJsonObject } from '../json/read-json.ts';
import { sendGet, type Reach } from './send-get.ts';
import { FetchFailure } from './fetch-failure.ts';
import { guardedLookup, NotPublicError, specialHost } from './guarded-lookup.ts';
import { HttpClient } from './http-client.ts';
import { specialAddress, type SpecialAddress } from './special-address.ts';

let server: LocalRegistry;
beforeEach(async () => {
  server = await localRegistry();
});
afterEach(() => server.close());

const { signal } = new AbortController();

describe('an address', () => {
  test.each([
    ['local', '127.0.0.1 127.255.0.9 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1'],
    ['local', '100.64.0.1 100.127.255.255 ::1 fc00::1 fdff::1 fec0::1 64:ff9b:1::a00:1'],
    ['local', '::ffff:127.0.0.1 ::ffff:a00:1 0:0:0:0:0:FFFF:7F00:0001 64:ff9b::10.0.0.1'],
    ['link-local', '169.254.169.254 fe80::1 fe80::1%eth0 ::ffff:169.254.169.254'],
    ['multicast', '224.0.0.1 239.255.255.255 ff02::1 ::ffff:224.0.0.1'],
    ['reserved', '0.0.0.0 0.1.2.3 255.255.255.255 240.0.0.1 192.0.2.1 198.18.0.1 203.0.113.9'],
    ['reserved', ':: ::ffff:0.0.0.0 ::7f00:1 2001:db8::1 2002:7f00:1:: 2001::1 100::1 4000::1'],
    ['reserved', '64:ff9b:: 64:ff9b::1 nonsense 127.1 1.2.3'],
    [undefined, '1.1.1.1 8.8.8.8 172.15.0.1 172.32.0.1 100.63.0.1 100.128.0.1 169.253.0.1'],
    [undefined, '2606:4700::1111 2a00:1450::1 ::ffff:1.1.1.1 64:ff9b::101:101 223.255.255.254'],
  ] as const)('is %s: %s', (kind, list) => {
    for (const address of list.split(' ')) {
      expect([address, specialAddress(address)]).toEqual([address, kind]);
    }
  });

  test('of a configured host is resolved', async () => {
    expect(await specialHost('localhost')).toBe('local');
    expect(await specialHost('127.0.0.1')).toBe('local');
    expect(await specialHost('::1')).toBe('local');
    expect(await specialHost('1.1.1.1')).toBeUndefined();
    expect(await specialHost('no-such-host.invalid')).toBeUndefined();
  });
});

/** Status of a request with the given reach to this test's server. */
async function statusOf(url: string, reach: Reach): Promise<number | undefined> {
  const answer = await sendGet(new URL(url), { headers: {}, signal, reach });
  await answer.discard();
  return answer.status;
}

describe('a connection that is guarded', () => {
  const spellings = ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '0'];

  test('reaches nothing on this machine, in any spelling', async () => {
    const port = server.url.port;
    for (const host of spellings) {
      const asked = statusOf(`http://${host}:${port}/`, { allowed: undefined });
      await expect(asked, host).rejects.toThrow(NotPublicError);
    }
    expect(server.asked).toEqual([]);
    // All of these resolve to this machine.
    for (const host of spellings) {
      expect(await statusOf(`http://${host}:${port}/`, 'anywhere'), host).toBe(404);
    }
  });

  test('reaches addresses of the allowed kind', async () => {
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]']) {
      const url = `http://${host}:${server.url.port}/`;
      expect(await statusOf(url, { allowed: 'local' })).toBe(404);
      const asked = statusOf(url, { allowed: 'link-local' });
      await expect(asked).rejects.toThrow(NotPublicError);
    }
  });

  test('never uses a connection that an unguarded one left open', async () => {
    const url = `http://localhost:${server.url.port}/`;
    expect(await statusOf(url, 'anywhere')).toBe(404);
    await expect(statusOf(url, { allowed: undefined })).rejects.toThrow(NotPublicError);
    expect(await statusOf(url, { allowed: 'local' })).toBe(404);
    await expect(statusOf(url, { allowed: undefined })).rejects.toThrow(NotPublicError);
  });

  test('uses the checked addresses, each time', async () => {
    const answers = [['1.1.1.1', '127.0.0.1'], ['127.0.0.1'], ['10.0.0.1', '::1']];
    const lookup: LookupFunction = (_host, _options, callback) =>
      callback(
        null,
        answers.shift()!.map((address): LookupAddress => ({ address, family: 4 })),
      );
    const resolve = async (allowed: SpecialAddress | undefined, all: boolean): Promise<unknown> => {
      const { promise, resolve: done } = Promise.withResolvers<unknown>();
      guardedLookup(allowed, lookup)('rebinds.test', { all }, (error, found) =>
        done(error ?? found),
      );
      return promise;
    };
    expect(await resolve(undefined, true)).toEqual([{ address: '1.1.1.1', family: 4 }]);
    expect(await resolve(undefined, true)).toBeInstanceOf(NotPublicError);
    expect(await resolve('local', false)).toBe('10.0.0.1');
  });
});

describe('a redirect', () => {
  const client = new HttpClient({ retries: 2, answer: 1_000, total: 4_000, rate: 1_000 });
  const get = (path: string) =>
    client.get(
      new URL(path, server.url),
      { accept: '*/*', types: ['application/json'], signal },
      readJsonObject,
    );
  const failureOf = async (run: Promise<unknown>): Promise<FetchFailure> => {
    const error: unknown = await run.then(
      (value) => value,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(FetchFailure);
    return error as FetchFailure;
  };

  test('of a local registry may lead to another local address', async () => {
    const other = await localRegistry();
    other.answers.set('/to', json({ there: true }));
    server.answers.set('/from', status(307, { location: new URL('/to', other.url).href }));
    expect(await get('/from').finally(() => other.close())).toEqual({
      state: 'found',
      value: { there: true },
    });
  });

  test('never leads to other special addresses, and does not reveal them', async () => {
    const other = await localRegistry();
    const { port } = other.url;
    // On Linux, 0.0.0.0 and :: connect to this machine.
    for (const host of ['0.0.0.0', '[::ffff:0.0.0.0]', '[::]', '169.254.169.254', '[fe80::1]']) {
      const location = `http://${host}:${port}/secret-path`;
      server.answers.set('/from', status(302, { location }));
      const { retry, problem } = await failureOf(get('/from'));
      expect({ retry, ...problem }).toMatchObject({
        retry: false,
        code: 'ingest/refused',
        message: 'the server redirects to an address that is not public.',
        context: [new URL('/from', server.url).href],
      });
    }
    await other.close();
    expect(other.asked).toEqual([]);
  });

  test('that fails is reported with the requested address', async () => {
    const other = await localRegistry();
    const secret = new URL('/secret-path', other.url);
    server.answers.set('/from', status(302, { location: secret.href }));
    const failures: FetchFailure[] = [];
    const answers = [
      status(500),
      status(403),
      status(302, { location: 'javascript:secret()' }),
      status(302, { location: 'http://secret@host/' }),
      json([]),
      (_: unknown, response: Parameters<ReturnType<typeof status>>[1]) =>
        void response.writeHead(200, { 'content-type': 'text/\u009bsecret' }).end(),
      (_: unknown, response: Parameters<ReturnType<typeof status>>[1]) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end('secret'),
    ];
    for (const answer of answers) {
      other.answers.set('/secret-path', answer);
      failures.push(await failureOf(get('/from')));
    }
    await other.close();
    failures.push(await failureOf(get('/from')));
    for (const { problem } of failures) {
      expect(JSON.stringify(problem)).not.toContain('secret');
      expect(JSON.stringify(problem)).not.toContain(other.url.port);
      expect(problem.context).toEqual([new URL('/from', server.url).href]);
    }
    expect(failures.at(-1)).toMatchObject({
      retry: true,
      problem: { message: 'the connection to the redirect target failed.' },
    });
  });
});
