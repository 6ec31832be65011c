import { existsSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { attempt } from './attempt.ts';
import { isPortTaken } from './free-ports.ts';
import { startZeroCache, type ZeroCache, type ZeroCacheOptions } from './zero-cache.ts';
import type { Part, Parts } from './part.ts';
import { supervise, type OnSupervisorEvent } from './supervise.ts';

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
  /** Called when a node ends and is started again. */
  readonly onEvent: OnSupervisorEvent;
}

/** A running zero-cache, on one node or on several. */
export interface ZeroNodes {
  /** The addresses for clients. */
  readonly urls: readonly string[];
  /** Copies the tables again, from other publications. */
  restart(publications: readonly string[] | undefined): Promise<void>;
}

/** Starts zero-cache on one node or on several, and each node again if it ends. */
export async function startZeroNodes(options: ZeroNodesOptions, parts: Parts): Promise<ZeroNodes> {
  const { folder, viewSyncers, portFor, onEvent, env, publications, ...rest } = options;
  let published = publications;
  const resets: (() => Promise<void>)[] = [];
  const startNode = async (
    name: string,
    keepIn: string,
    firstPort: (() => Promise<number>) | undefined,
    own: Readonly<Record<string, string>> = {},
  ): Promise<ZeroCache> => {
    // Clients know the address, so a later start needs the same port.
    let port: number | undefined;
    const start = (): Promise<ZeroCache & Part> =>
      attempt(
        5,
        async () => {
          const asked = port ?? (await firstPort?.());
          const cache = await startZeroCache({
            ...rest,
            ...(published && { publications: published }),
            env: { ...env, ...own },
            keepIn,
            ...(asked !== undefined && { port: asked }),
          });
          ({ port } = cache);
          return { ...cache, name };
        },
        // Another stack may take a port between the check and the start.
        isPortTaken,
      );
    const node = await supervise(name, start, onEvent);
    resets.push(() =>
      node.restart(async () => {
        await rm(keepIn, { recursive: true, force: true, maxRetries: 5 });
        return start();
      }),
    );
    return parts.add(node).running();
  };
  const restart = async (next: readonly string[] | undefined): Promise<void> => {
    published = next;
    for (const reset of resets) await reset();
  };
  if (viewSyncers === 0) {
    const { url } = await startNode('zero-cache', join(folder, 'single'), () => portFor(0));
    return { urls: [url], restart };
  }
  const manager = await startNode(
    'zero-cache (replication manager)',
    join(folder, 'replication-manager'),
    undefined,
    // It serves no clients. It reads Postgres once for all nodes.
    { ZERO_NUM_SYNC_WORKERS: '0' },
  );
  const folderOf = (index: number): string => join(folder, `view-syncer-${index + 1}`);
  for (let index = 0; index < viewSyncers; index += 1) {
    await plantReplica(folderOf(index), [folderOf(0), dirname(manager.replicaFile)]);
  }
  const syncers = await Promise.all(
    Array.from({ length: viewSyncers }, (_, index) =>
      startNode(`zero-cache (view-syncer ${index + 1})`, folderOf(index), () => portFor(index), {
        ZERO_CHANGE_STREAMER_URI: `ws://127.0.0.1:${manager.port + 1}`,
      }),
    ),
  );
  return { urls: syncers.map(({ url }) => url), restart };
}

/**
 * A view-syncer starts with a copy of a replica, and catches up from there. In production
 * litestream restores one from a backup. Here it is a copy of the first view-syncer's replica,
 * which is the most recent, or otherwise of the manager's, which is not being written.
 */
async function plantReplica(folder: string, sources: readonly string[]): Promise<void> {
  if (existsSync(folder)) return;
  const source = sources.find((one) => existsSync(one));
  if (source !== undefined) await cp(source, folder, { recursive: true });
}
