import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { localRegistry } from './local-registry.ts';

type ManifestOf = (version: number) => object;

async function sendVersions(
  response: ServerResponse,
  count: number,
  manifestOf: ManifestOf,
): Promise<void> {
  // A reader that disconnects never drains the stream.
  const closed = once(response, 'close');
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"name":"large","dist-tags":{},"versions":{');
  for (let at = 0; at < count && !response.destroyed; at += 1) {
    const text = `${at === 0 ? '' : ','}"1.0.${at}":${JSON.stringify(manifestOf(at))}`;
    if (!response.write(text)) await Promise.race([once(response, 'drain'), closed]);
  }
  response.end('}}');
}

/** The result of a package in a thread with the given number of megabytes. */
async function fetchLarge(count: number, manifestOf: ManifestOf, memory: number): Promise<unknown> {
  const server = await localRegistry();
  onTestFinished(() => server.close());
  server.answers.set('/large', (_, response) => void sendVersions(response, count, manifestOf));
  const thread = new Worker(fileURLToPath(new URL('fetch-in-thread.ts', import.meta.url)), {
    workerData: { url: server.url.href, name: 'large' },
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  // Without enough memory, the thread ends with ERR_WORKER_OUT_OF_MEMORY, which `once` throws.
  const [told] = (await once(thread, 'message')) as [unknown];
  return told;
}

const VERSIONS = 740;
/** With these, a version has 50 kB and the document 37 MB, like the largest packument of npm. */
const FILES = Array.from({ length: 800 }, (_, at) => `dist/chunks/${'x'.repeat(40)}-${at}.js`);
const dependencies = Object.fromEntries(
  Array.from({ length: 20 }, (_, at) => [`needs-${at}`, '^1']),
);

test('a packument of 37 MB is read with less memory than its text', async () => {
  const told = await fetchLarge(VERSIONS, () => ({ dependencies, files: FILES }), 32);
  expect(told).toEqual({ versions: VERSIONS, dependencies: VERSIONS * 20 });
});

test('tens of thousands of versions are read', async () => {
  const told = await fetchLarge(40_000, () => ({ dependencies }), 96);
  expect(told).toEqual({ versions: 40_000, dependencies: 40_000 * 20 });
});

test('millions of dependencies exceed a limit before the memory is exhausted', async () => {
  const manyOf: ManifestOf = (version) => ({
    dependencies: Object.fromEntries(
      Array.from({ length: 1_000 }, (_, at) => [`needs-${1_000 * version + at}`, '^1']),
    ),
  });
  expect(await fetchLarge(3_600, manyOf, 128)).toBe('ingest/too-large');
});
