import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DevOptions } from '../../command/dev-target.ts';
import { checkUpstream } from '../../processes/check-upstream.ts';
import { dropReplicationSlots } from '../../processes/drop-replication-slots.ts';
import type { Part, Parts } from '../../processes/part.ts';
import { startPostgres } from '../../processes/postgres-server.ts';

export interface DevDatabase {
  /** Includes the password. */
  readonly url: string;
  /** `18.4 on port 23456`. */
  readonly detail: string;
  /** ZERO_APP_ID. */
  readonly appID: string;
  /** The folder of zero-cache's replicas of this database. */
  readonly replicas: string;
}

/** Starts the embedded Postgres, or checks whether the user's database can be synced. */
export async function openDatabase(
  { databaseUrl, databaseSource, folder }: DevOptions,
  role: string | undefined,
  parts: Parts,
): Promise<DevDatabase> {
  const replicas = join(folder, 'zero', nameOf(databaseUrl));
  if (databaseUrl !== undefined) {
    const version = await checkUpstream(databaseUrl, { role, source: databaseSource });
    const appID = `garden_dev_${shortHash(folder)}`;
    parts.add(slotKeeper(databaseUrl, appID, replicas));
    return { url: databaseUrl, detail: `${version}, yours`, appID, replicas };
  }
  const server = await startPostgres({
    keepIn: join(folder, 'postgres'),
    settings: { wal_level: 'logical', max_wal_senders: '20', max_replication_slots: '20' },
  });
  parts.add({ ...server, name: 'Postgres' });
  const version = await checkUpstream(server.url, { role });
  return { url: server.url, detail: `${version} on port ${server.port}`, appID: 'zero', replicas };
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
 * Called after zero-cache has stopped. Drops its slot in the user's database. Without the slot the
 * replica would miss changes, so the replica is deleted, and the next start copies the tables
 * again.
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
