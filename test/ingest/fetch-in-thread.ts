/** Fetches an npm package in a thread with limited memory, and reports the number of results or the error. */
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
// Unlike windows, threads have no origin.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(told);
