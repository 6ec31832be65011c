import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveStatic } from './serve-static.ts';

let outside: string;
let folder: string;

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'garden-static-'));
  folder = join(outside, 'page');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'index.html'), 'the page');
  await writeFile(join(folder, 'assets/a-1.js'), 'a script');
  await writeFile(join(folder, 'assets/b-2.js.gz'), gzipSync('a compressed script'));
  await writeFile(join(outside, 'secret.txt'), 'a secret');
});

afterAll(() => rm(outside, { recursive: true, force: true }));

async function get(path: string, accept = '*/*', method = 'GET'): Promise<[number, string]> {
  const request = new Request(`http://127.0.0.1${path}`, { method, headers: { accept } });
  const response = await serveStatic(folder, request);
  return [response.status, (await response.text()).trim()];
}

test('files are served as they are, and places of the page by its index', async () => {
  expect(await get('/assets/a-1.js')).toEqual([200, 'a script']);
  expect(await get('/')).toEqual([200, 'the page']);
  expect(await get('/package/npm/react')).toEqual([200, 'the page']);
  expect(await get('/package/npm/socket.io', 'text/html,*/*;q=0.8')).toEqual([200, 'the page']);
});

test('a file that is not there is not the page, and nothing outside the folder is there', async () => {
  expect(await get('/assets/gone.js')).toEqual([404, 'not found']);
  for (const path of ['/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt']) {
    expect(await get(path), path).toEqual([404, 'not found']);
  }
  expect(await get('/%E0%A4%A')).toEqual([400, 'bad path']);
  expect((await get('/', '*/*', 'POST'))[0]).toBe(405);
});

test('a compressed file is sent as it is to who accepts gzip, and unpacked to others', async () => {
  const answer = (headers: Record<string, string>): Promise<Response> =>
    serveStatic(folder, new Request('http://127.0.0.1/assets/b-2.js', { headers }));
  const packed = await answer({ 'accept-encoding': 'gzip, deflate, br' });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(packed.headers.get('vary')).toBe('accept-encoding');
  expect(packed.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  const bytes = Buffer.from(await packed.arrayBuffer());
  expect(packed.headers.get('content-length')).toBe(String(bytes.length));
  expect(gunzipSync(bytes).toString()).toBe('a compressed script');
  const plain = await answer({});
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(await plain.text()).toBe('a compressed script');
});
