/** Fetches a package of npm in a thread, whose memory a test can limit, and tells how much it found. */
import { parentPort, workerData } from 'node:worker_threads';
import { HttpClient } from '../../src/apps/garden/ingest/http/http-client.ts';
import { NpmRegistry } from '../../src/apps/garden/ingest/registry/npm.ts';

const { url, name } = workerData as { url: string; name: string };
const npm = new NpmRegistry(new URL(url), new HttpClient({ retries: 0 }));
const result = await npm.fetchPackage(name, { signal: new AbortController().signal });
const versions = result.state === 'found' ? result.package.versions : [];
const dependencies = versions.flatMap((one) => one.dependencies ?? []).length;
// Threads have no origin, as windows have.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage({ versions: versions.length, dependencies });
