import { createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  json,
  localRegistry,
  status,
  type LocalRegistry,
} from '../../../../../test/ingest/local-registry.ts';
import { readJsonObject } from '../json/read-json.ts';
import { FetchFailure } from './fetch-failure.ts';
import { HttpClient } from './http-client.ts';
import type { Limits } from './limits.ts';
import { redirectTarget } from './redirect-target.ts';
import { readRetryAfter } from './retry-after.ts';

let server: LocalRegistry;
beforeEach(async () => {
  server = await localRegistry();
});
afterEach(() => server.close());

const never = new AbortController().signal;
const quick: Partial<Limits> = { retries: 0, answer: 300, idle: 300, total: 2_000, rate: 1_000 };
const get = (
  path: string,
  limits: Partial<Limits> = quick,
  signal = never,
  client = new HttpClient(limits),
) =>
  client.get(
    new URL(path, server.url),
    { accept: 'application/json', types: ['application/json'], signal },
    readJsonObject,
  );

async function failureOf(run: Promise<unknown>): Promise<FetchFailure> {
  const error: unknown = await run.then(
    (value) => value,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FetchFailure);
  return error as FetchFailure;
}

describe('an answer', () => {
  test('is read, decompressed and distinguished from "not modified"', async () => {
    server.answers.set('/a', json({ a: 1 }, { etag: '"1"' }));
    expect(await get('/a')).toEqual({ state: 'found', value: { a: 1 } });
    server.answers.set('/b', (request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"1"' ? 304 : 200).end();
    });
    const answer = await new HttpClient(quick).get(
      new URL('/b', server.url),
      { accept: '*/*', etag: '"1"', signal: never },
      readJsonObject,
    );
    expect(answer).toEqual({ state: 'unchanged' });
    for (const code of [404, 410, 451]) {
      server.answers.set('/gone', status(code));
      expect(await get('/gone')).toEqual({ state: 'missing' });
    }
  });

  test('with a wrong type, truncated or invalid JSON is rejected; only a truncated one is retried', async () => {
    server.answers.set(
      '/page',
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    );
    expect(await failureOf(get('/page'))).toMatchObject({
      retry: false,
      problem: { code: 'ingest/malformed' },
    });
    server.answers.set(
      '/wrong',
      (_, response) =>
        void response
          .writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
          .end('{"a":nope}'),
    );
    expect(await failureOf(get('/wrong'))).toMatchObject({ retry: false });
    server.answers.set(
      '/cut',
      (_, response) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":"b'),
    );
    expect(await failureOf(get('/cut'))).toMatchObject({ retry: true });
    server.answers.set('/broken', (_, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
        .write('{"a":1');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await failureOf(get('/broken'))).toMatchObject({ retry: true });
  });

  test('without end is stopped by the size, idle and total limits', async () => {
    const stream = (every: number, text: string) =>
      server.answers.set('/endless', (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).write('{"a":"');
        const timer = setInterval(() => response.write(text), every);
        response.on('close', () => clearInterval(timer));
      });
    stream(1, 'x'.repeat(100_000));
    const large = await failureOf(get('/endless', { ...quick, size: 1024 * 1024 }));
    expect(large.problem.message).toBe('the response is larger than 1 MB.');
    expect(large.retry).toBe(false);
    stream(10_000, '');
    expect((await failureOf(get('/endless'))).problem.message).toContain('stopped in the middle');
    stream(20, 'x');
    const slow = await failureOf(get('/endless', { ...quick, total: 400 }));
    expect(slow).toMatchObject({ retry: true, problem: { message: 'it took longer than 0.4 s.' } });
  });
});

describe('a server', () => {
  test('that fails is retried at once and then later', async () => {
    let times = 0;
    server.answers.set('/flaky', (request, response) => {
      times += 1;
      (times < 3 ? status(503) : json({ times }))(request, response);
    });
    expect(await get('/flaky', { ...quick, retries: 2 })).toEqual({
      state: 'found',
      value: { times: 3 },
    });
    server.answers.set('/down', status(500));
    expect(await failureOf(get('/down', { ...quick, retries: 1 }))).toMatchObject({ retry: true });
    expect(server.asked.filter((path) => path === '/down')).toHaveLength(2);
    for (const code of [400, 401, 403, 405, 414]) {
      server.answers.set('/no', status(code));
      expect(await failureOf(get('/no', { ...quick, retries: 2 }))).toMatchObject({ retry: false });
    }
    expect(server.asked.filter((path) => path === '/no')).toHaveLength(5);
  });

  test('with Retry-After gets no requests until then', async () => {
    server.answers.set('/busy', status(429, { 'retry-after': '120' }));
    server.answers.set('/other', json({}));
    const client = new HttpClient({ ...quick, retries: 3 });
    expect(await failureOf(get('/busy', quick, never, client))).toMatchObject({
      retry: true,
      retryAfter: 120_000,
    });
    const after = await failureOf(get('/other', quick, never, client));
    expect(after.retryAfter).toBeGreaterThan(110_000);
    expect(server.asked).toEqual(['/busy']);
  });

  test('with Retry-After gets no requests from callers that already wait for a slot', async () => {
    server.answers.set('/busy', status(429, { 'retry-after': '120' }));
    const client = new HttpClient({ ...quick, concurrency: 1 });
    const runs = [1, 2, 3].map(async () => failureOf(get('/busy', quick, never, client)));
    const failures = await Promise.all(runs);
    for (const { retryAfter } of failures) expect(retryAfter).toBeGreaterThan(110_000);
    expect(failures.map(({ untried }) => untried)).toEqual([false, true, true]);
    expect(server.asked).toEqual(['/busy']);
  });

  test('with a short Retry-After is retried after that time', async () => {
    let times = 0;
    server.answers.set('/soon', (request, response) => {
      times += 1;
      (times === 1 ? status(429, { 'retry-after': '1' }) : json({ times }))(request, response);
    });
    const start = performance.now();
    expect(await get('/soon', { ...quick, retries: 1 })).toEqual({
      state: 'found',
      value: { times: 2 },
    });
    expect(performance.now() - start).toBeGreaterThan(900);
  });

  test('that is unreachable or does not answer is a temporary failure', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket));
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const { port } = silent.address() as { port: number };
    const request = { accept: '*/*', signal: never };
    const client = new HttpClient(quick);
    const mute = await failureOf(
      client.get(new URL(`http://127.0.0.1:${port}/`), request, readJsonObject),
    );
    expect(mute).toMatchObject({
      retry: true,
      problem: { message: 'the server did not answer in time.' },
    });
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => {
      silent.close(resolve);
    });
    const nobody = await failureOf(
      client.get(new URL(`http://127.0.0.1:${port}/`), request, readJsonObject),
    );
    expect(nobody).toMatchObject({
      retry: true,
      problem: { message: 'the connection failed: ECONNREFUSED.' },
    });
  });
});

describe('redirects', () => {
  test('are followed and counted, and only to http and https', async () => {
    server.answers.set('/from', status(302, { location: '/to' }));
    server.answers.set('/to', json({ there: true }));
    expect(await get('/from')).toEqual({ state: 'found', value: { there: true } });
    server.answers.set('/loop', status(301, { location: '/loop' }));
    expect((await failureOf(get('/loop', { ...quick, retries: 2 }))).problem.message).toContain(
      'more than 5 times',
    );
    expect(server.asked.filter((path) => path === '/loop')).toHaveLength(6);
    for (const location of [
      'file:///etc/passwd',
      'ftp://host/',
      'javascript:alert(1)',
      'http://[bad',
      'http://me:secret@127.0.0.1/',
    ]) {
      server.answers.set('/out', status(302, { location }));
      expect(await failureOf(get('/out'))).toMatchObject({
        retry: false,
        problem: { code: 'ingest/refused' },
      });
    }
    server.answers.set('/out', status(302));
    expect((await failureOf(get('/out'))).problem.message).toContain('without a valid address');
  });

  test('never lead from https to http', () => {
    const from = new URL('https://registry.example/a');
    expect(redirectTarget(from, from, '/b').href).toBe('https://registry.example/b');
    expect(() => redirectTarget(from, from, 'http://registry.example/b')).toThrow(
      'from https to http',
    );
  });
});

describe('limits', () => {
  test('bound concurrency and rate', async () => {
    let running = 0;
    let most = 0;
    server.answers.set('/slow', (request, response) => {
      running += 1;
      most = Math.max(most, running);
      setTimeout(() => {
        running -= 1;
        json({})(request, response);
      }, 20);
    });
    const client = new HttpClient({ ...quick, concurrency: 3, rate: 50 });
    const start = performance.now();
    await Promise.all(Array.from({ length: 12 }, async () => get('/slow', quick, never, client)));
    expect(most).toBeLessThanOrEqual(3);
    expect(performance.now() - start).toBeGreaterThan((11 * 1000) / 50 - 20);
  });

  test('do not count the wait for a slot', async () => {
    server.answers.set('/fine', json({}));
    const client = new HttpClient({ ...quick, rate: 20, total: 300 });
    const runs = Array.from({ length: 12 }, async () => get('/fine', quick, never, client));
    for (const answer of await Promise.all(runs)) expect(answer).toMatchObject({ state: 'found' });
  });

  test('hold for a whole chain of redirects', async () => {
    for (const hop of [1, 2, 3, 4]) {
      server.answers.set(`/hop${hop}`, (request, response) => {
        setTimeout(() => status(302, { location: `/hop${hop + 1}` })(request, response), 200);
      });
    }
    const slow = await failureOf(get('/hop1', { ...quick, total: 500 }));
    expect(slow.problem.message).toBe('it took longer than 0.5 s.');
  });

  test('an abort ends running and waiting requests with its reason and frees their slots', async () => {
    server.answers.set('/hang', () => {});
    server.answers.set('/fine', json({}));
    const stop = new AbortController();
    const client = new HttpClient({ ...quick, answer: 5_000, concurrency: 1 });
    const runs = [1, 2, 3].map(async () => get('/hang', quick, stop.signal, client));
    setTimeout(() => stop.abort(new Error('stopped')), 50);
    for (const run of runs) await expect(run).rejects.toThrow('stopped');
    expect(await get('/fine', quick, never, client)).toMatchObject({ state: 'found' });
  });
});

test('Retry-After is a number of seconds or an HTTP date', () => {
  const now = Date.UTC(2026, 0, 1);
  const read = (text: string | null) => readRetryAfter(text, now);
  expect([read('7'), read(' 0 '), read('Thu, 01 Jan 2026 00:01:00 GMT')]).toEqual([
    7000, 0, 60_000,
  ]);
  expect([read(null), read('soon'), read('-1'), read('1.5'), read('2026')]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    2_026_000,
  ]);
  expect([read('Wed, 31 Dec 2025 00:00:00 GMT'), read('99999999999')]).toEqual([0, 86_400_000]);
});
