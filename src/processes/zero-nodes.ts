import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { attempt } from './attempt.ts';
import { isPortTaken } from './free-ports.ts';
import { startZeroCache, type ZeroCache, type ZeroCacheOptions } from './zero-cache.ts';
import type { Part, Parts } from './part.ts';

export interface ZeroNodesOptions extends Omit<ZeroCacheOptions, 'keepIn' | 'port'> {
  /** Each node keeps its replica in a subfolder. */
  readonly folder: string;
  /**
   * 0: one process does everything. Otherwise a replication manager reads Postgres, and
   * this number of view-syncers serve the clients from its stream.
   */
  readonly viewSyncers: number;
  /** The first of three ports for the node that clients connect to, or for a node by number. */
  readonly portFor: (node: number) => Promise<number>;
}

/** Starts zero-cache on one node or on several. Returns the address for clients. */
export async function startZeroNodes(
  options: ZeroNodesOptions,
  parts: Parts,
): Promise<readonly string[]> {
  const { folder, viewSyncers, portFor, env, ...rest } = options;
  const shared = { ...rest, ...(env && { env }) };
  if (viewSyncers === 0) {
    const cache = await startOn(() => portFor(0), {
      ...shared,
      keepIn: join(folder, 'single'),
    });
    return [parts.add(named('zero-cache', cache)).url];
  }
  const manager = await startZeroCache({
    ...shared,
    keepIn: join(folder, 'replication-manager'),
    // It serves no clients: it reads Postgres once, for all nodes.
    env: { ...env, ZERO_NUM_SYNC_WORKERS: '0' },
  });
  parts.add(named('zero-cache (replication manager)', manager));
  const folderOf = (index: number): string => join(folder, `view-syncer-${index + 1}`);
  for (let index = 0; index < viewSyncers; index += 1) {
    await plantReplica(folderOf(index), [folderOf(0), dirname(manager.replicaFile)]);
  }
  const nodes = await Promise.all(
    Array.from({ length: viewSyncers }, (_, index) =>
      startOn(() => portFor(index), {
        ...shared,
        keepIn: folderOf(index),
        env: { ...env, ZERO_CHANGE_STREAMER_URI: `ws://127.0.0.1:${manager.port + 1}` },
      }).then((cache) => parts.add(named(`zero-cache (view-syncer ${index + 1})`, cache))),
    ),
  );
  return nodes.map(({ url }) => url);
}

/**
 * A view-syncer starts with a copy of a replica, and catches up from there. In production
 * litestream restores one from a backup. Here the first view-syncer's replica is copied,
 * which is the most recent, or else the manager's, which is not being written.
 */
async function plantReplica(folder: string, sources: readonly string[]): Promise<void> {
  if (existsSync(folder)) return;
  const source = sources.find((one) => existsSync(one));
  if (source !== undefined) await cp(source, folder, { recursive: true });
}

/** Another stack may take a port between the check and the start. */
const startOn = (port: () => Promise<number>, options: ZeroCacheOptions): Promise<ZeroCache> =>
  attempt(5, async () => startZeroCache({ ...options, port: await port() }), isPortTaken);

const named = (name: string, cache: ZeroCache): ZeroCache & Part => ({ ...cache, name });
