import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localRegistry, type LocalRegistry } from '../../../../../test/ingest/local-registry.ts';
import { sendGet, ConnectionFailure } from './send-get.ts';

let server: LocalRegistry;
beforeEach(async () => {
  server = await localRegistry();
});
afterEach(() => server.close());

const { signal } = new AbortController();
const ask = async (path: string, own: AbortSignal = signal) =>
  sendGet(new URL(path, server.url), { headers: {}, signal: own, reach: 'anywhere' });

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString();
}

const text = 'a document '.repeat(10_000);
const packed = [
  ['gzip', gzipSync(text)],
  ['x-gzip', gzipSync(text)],
  ['br', brotliCompressSync(text)],
  ['deflate', deflateSync(text)],
  ['gzip, br', brotliCompressSync(gzipSync(text))],
  ['identity', Buffer.from(text)],
] as const;

test.each(packed)('a body compressed with %s is decompressed', async (coding, body) => {
  server.answers.set('/a', (_, response) => {
    response.writeHead(200, { 'content-encoding': coding }).end(body);
  });
  expect(await textOf((await ask('/a')).body)).toBe(text);
});

test('a truncated or damaged compressed body is a connection failure', async () => {
  for (const body of [gzipSync(text).subarray(0, -20), Buffer.from('no gzip')]) {
    server.answers.set('/a', (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(body);
    });
    const { body: pieces } = await ask('/a');
    await expect(textOf(pieces)).rejects.toThrow(ConnectionFailure);
  }
});

test('a connection is reused only after its response was read or discarded', async () => {
  const ports: (number | undefined)[] = [];
  server.answers.set('/a', (request, response) => {
    ports.push(request.socket.remotePort);
    response.writeHead(404).end('nothing');
  });
  server.answers.set('/long', (request, response) => {
    ports.push(request.socket.remotePort);
    response.writeHead(404).end('x'.repeat(10_000_000));
  });
  const again = async () => {
    const answer = await ask('/a');
    await answer.discard();
    answer.release();
    // The socket is returned to the agent in the next tick.
    await new Promise(setImmediate);
  };
  await again();
  await again();
  const long = await ask('/long');
  await long.discard();
  long.release();
  await again();
  const unread = await ask('/a');
  unread.release();
  await again();
  expect(new Set(ports.slice(0, 3)).size).toBe(1);
  expect(new Set(ports.slice(2)).size).toBe(3);
});

test('an aborted response fails for its reader', async () => {
  server.answers.set('/a', (_, response) => void response.writeHead(200).write('begun'));
  const stop = new AbortController();
  const answer = await ask('/a', stop.signal);
  setTimeout(() => stop.abort(), 20);
  await expect(textOf(answer.body)).rejects.toThrow(ConnectionFailure);
  const another = new AbortController();
  const unread = await ask('/a', another.signal);
  another.abort();
  await unread.discard();
  unread.release();
});
