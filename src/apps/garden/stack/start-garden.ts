import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { migrate } from '../../../migrations/index.ts';
import { steadySql } from '../../../postgres/steady-sql.ts';
import { seed } from '../seed/seed.ts';
import { attempt } from '../../../processes/attempt.ts';
import { choosePorts, isPortTaken } from '../../../processes/free-ports.ts';
import { startPostgres } from '../../../processes/postgres-server.ts';
import { serveFetch } from '../../../processes/serve-fetch.ts';
import { GARDEN_ROLE } from '../access.ts';
import { checkUpstream } from '../../../processes/check-upstream.ts';
import { keptSecret } from './dev-identity.ts';
import { dropReplicationSlots } from './drop-replication-slots.ts';
import { gardenApi } from './garden-api.ts';
import { findPage } from './find-page.ts';
import { endOrphans } from '../../../processes/replace-orphan.ts';
import { createParts, type Part, type Parts } from '../../../processes/part.ts';
import { startProcess } from '../../../processes/start-process.ts';
import { runStage } from '../../../processes/stage.ts';
import type { RunningStack, StackOptions } from '../../../command/app-stack.ts';
import { takeRole } from '../../../processes/take-role.ts';
import { startZeroNodes } from '../../../processes/zero-nodes.ts';
import { gardenMigrations } from '../migrations-folder.ts';

/** Starts all parts of a synced garden, one after the other. */
export async function startGarden(options: StackOptions): Promise<RunningStack> {
  const parts = createParts();
  try {
    return await start(options, parts);
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

async function start(options: StackOptions, parts: Parts): Promise<RunningStack> {
  const { folder, signal, onStage } = options;
  const pagePort = (): Promise<number> => choosePorts('the page', options.port, 3840);
  // Each node uses three consecutive ports.
  const zeroPort = (node: number, nodes: number): Promise<number> => {
    const asked = options.zeroPort === undefined ? undefined : options.zeroPort + 3 * node;
    return choosePorts('zero-cache', asked, 4848 + 3 * node, 3 * nodes);
  };
  // Checks the ports before anything is started or deleted.
  await Promise.all([pagePort(), zeroPort(0, Math.max(options.viewSyncers, 1))]);
  if (options.reset) {
    const { databaseUrl, databaseSource } = options;
    if (databaseUrl !== undefined)
      await checkUpstream(databaseUrl, { role: GARDEN_ROLE, source: databaseSource });
    await endOrphans(folder);
    await rm(folder, { recursive: true, force: true });
  }
  await mkdir(folder, { recursive: true });
  const stage = async <Result>(
    name: string,
    work: () => Promise<{ readonly result: Result; readonly detail: string }>,
  ): Promise<Result> => {
    signal.throwIfAborted();
    return runStage(name, onStage, work);
  };

  const databaseUrl = await stage('Postgres', () => openPostgres(options, parts));
  const isForeign = options.databaseUrl !== undefined;
  const appID = isForeign ? `garden_dev_${shortHash(folder)}` : 'zero';
  const replicas = join(folder, 'zero', nameOf(options.databaseUrl));
  if (isForeign) parts.add(slotKeeper(databaseUrl, appID, replicas));
  await stage('tables', async () => {
    const { applied, alreadyApplied } = await migrate(databaseUrl, {
      folder: gardenMigrations,
      signal,
    });
    await takeRole(databaseUrl, GARDEN_ROLE);
    const detail = `${applied.length} migrations applied, ${alreadyApplied} already applied`;
    return { result: undefined, detail };
  });
  const sql = postgres(databaseUrl, { onnotice: () => {} });
  // Drizzle changes how its client encodes dates, so it gets its own client.
  const client = postgres(databaseUrl, { onnotice: () => {} });
  const db = drizzle(steadySql(client));
  parts.add({
    name: 'the connections',
    ended: new Promise(() => {}),
    log: () => '',
    stop: async () => {
      await Promise.all([sql.end({ timeout: 5 }), client.end({ timeout: 5 })]);
    },
  });
  await stage('data', async () => {
    // Only for an empty database, so that deleted packages are not inserted again.
    const [found] = await sql<[{ some: boolean }]>`select exists (select from packages) as some`;
    if (found.some) return { result: undefined, detail: 'existing data kept' };
    const { packages } = await seed(databaseUrl, { signal });
    return { result: undefined, detail: `${packages} packages inserted` };
  });
  const secret = await keptSecret(join(folder, 'secret'));
  const page = await stage('page', async () => {
    const found = await findPage(folder);
    return { result: found.folder, detail: found.detail };
  });
  // Only this zero-cache calls the endpoints, and both start together, so the key can be random.
  const apiKey = randomBytes(32).toString('base64url');
  const cacheUrls: string[] = [];
  const origins: string[] = [];
  const url = await stage('endpoints', async () => {
    const { onError } = options;
    const api = await gardenApi({
      sql,
      db,
      secret,
      apiKey,
      cacheUrls,
      origins,
      appID,
      page,
      onError,
    });
    // Another stack can take the port between the check and listening.
    const server = await attempt(5, async () => serveFetch(api, await pagePort()), isPortTaken);
    parts.add({
      name: 'endpoints',
      ended: new Promise(() => {}),
      log: () => '',
      stop: server.stop,
    });
    origins.push(server.url, server.url.replace('127.0.0.1', 'localhost'));
    return { result: server.url, detail: server.url };
  });
  await stage('zero-cache', async () => {
    const nodes = await startZeroNodes(
      {
        upstream: databaseUrl,
        // The tables of the Zero schema. Defined in garden.config.ts and created by a migration.
        publications: ['garden_zero'],
        queryUrl: `${url}/api/zero/query`,
        mutateUrl: `${url}/api/zero/mutate`,
        portFor: (node) => zeroPort(node, 1),
        folder: replicas,
        env: { ZERO_APP_ID: appID },
        viewSyncers: options.viewSyncers,
        apiKey,
      },
      parts,
    );
    cacheUrls.push(...nodes);
    return { result: undefined, detail: nodes.join(', ') };
  });
  const { worker } = options;
  if (worker !== undefined) {
    await stage('worker', async () => {
      const env = { ...process.env, DATABASE_URL: databaseUrl };
      parts.add(startProcess('worker', worker, env));
      return { result: undefined, detail: 'fetches requested packages' };
    });
  }
  return { url, cacheUrls, databaseUrl, crashed: parts.crashed, stop: () => parts.stop() };
}

/** A replica belongs to one database, so each database has its own folder. */
function nameOf(databaseUrl: string | undefined): string {
  if (databaseUrl === undefined) return 'embedded';
  const { host, pathname } = new URL(databaseUrl);
  return shortHash(`${host}${pathname}`);
}

const shortHash = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 12);

/**
 * Runs after zero-cache has stopped, and drops its slot from the user's database. Without the slot
 * the replica misses changes, so it is deleted and copied again at the next start.
 */
function slotKeeper(databaseUrl: string, appID: string, replicas: string): Part {
  return {
    name: 'the replication slot',
    ended: new Promise(() => {}),
    log: () => '',
    async stop() {
      await dropReplicationSlots(databaseUrl, appID);
      await rm(replicas, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function openPostgres(
  { databaseUrl, databaseSource, folder }: StackOptions,
  parts: Parts,
): Promise<{ result: string; detail: string }> {
  if (databaseUrl !== undefined) {
    const version = await checkUpstream(databaseUrl, { role: GARDEN_ROLE, source: databaseSource });
    return { result: databaseUrl, detail: `${version}, yours` };
  }
  const server = await startPostgres({
    keepIn: join(folder, 'postgres'),
    settings: { wal_level: 'logical', max_wal_senders: '20', max_replication_slots: '20' },
  });
  parts.add({ ...server, name: 'Postgres' });
  const version = await checkUpstream(server.url, { role: GARDEN_ROLE });
  return { result: server.url, detail: `${version} on port ${server.port}` };
}
