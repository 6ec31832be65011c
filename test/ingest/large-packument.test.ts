import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { localRegistry } from './local-registry.ts';

const VERSIONS = 740;
/** With them a version has 50 kB, and all of them 37 MB, as the largest packument of npm. */
const FILES = Array.from({ length: 800 }, (_, at) => `dist/chunks/${'x'.repeat(40)}-${at}.js`);
const DEPENDENCIES = Object.fromEntries(
  Array.from({ length: 20 }, (_, at) => [`needs-${at}`, '^1']),
);

async function sendLarge(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"name":"large","dist-tags":{},"versions":{');
  for (let at = 0; at < VERSIONS; at += 1) {
    const manifest = { dependencies: DEPENDENCIES, files: FILES };
    const text = `${at === 0 ? '' : ','}"1.0.${at}":${JSON.stringify(manifest)}`;
    if (!response.write(text)) await once(response, 'drain');
  }
  response.end('}}');
}

test('a packument of 37 MB is read in less memory than its text takes', async () => {
  const server = await localRegistry();
  onTestFinished(() => server.close());
  server.answers.set('/large', (_, response) => void sendLarge(response));
  const thread = new Worker(fileURLToPath(new URL('fetch-in-thread.ts', import.meta.url)), {
    workerData: { url: server.url.href, name: 'large' },
    resourceLimits: { maxOldGenerationSizeMb: 32 },
  });
  // Without enough memory, the thread ends with ERR_WORKER_OUT_OF_MEMORY, which `once` throws.
  const [found] = (await once(thread, 'message')) as [unknown];
  expect(found).toEqual({ versions: VERSIONS, dependencies: VERSIONS * 20 });
});
