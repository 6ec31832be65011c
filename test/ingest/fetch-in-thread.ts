/** Fetches a package of npm in a thread, whose memory a test can limit, and tells how much it found, or why it failed. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FetchFailure } from '../../src/apps/garden/ingest/http/fetch-failure.ts';
import { HttpClient } from '../../src/apps/garden/ingest/http/http-client.ts';
import { NpmRegistry } from '../../src/apps/garden/ingest/registry/npm.ts';

const { url, name } = workerData as { url: string; name: string };
const npm = new NpmRegistry(new URL(url), new HttpClient({ retries: 0 }));
const told = await npm.fetchPackage(name, { signal: new AbortController().signal }).then(
  (result) => {
    const versions = result.state === 'found' ? result.package.versions : [];
    let dependencies = 0;
    for (const one of versions) dependencies += one.dependencies?.length ?? 0;
    return { versions: versions.length, dependencies };
  },
  (error: FetchFailure) => error.problem.code,
);
// Threads have no origin, as windows have.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(told);
