import { setImmediate } from 'node:timers/promises';
import { importPeer } from '../report/missing-package.ts';
import { blankDump } from './blank-dump.ts';
import { openDump } from './open-dump.ts';
import { loadPgliteExtensions } from './pglite-extensions.ts';

/** An empty embedded Postgres in memory. */
export interface Scratch {
  /** Requested extensions that no installed package has. */
  readonly unavailable: readonly string[];
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Runs SQL that may contain several statements. Returns the notices, with their severity. */
  run(sql: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Opens an empty PGlite with extensions. A snapshot is kept, because a new one takes seconds. */
export async function openScratch(
  names: readonly string[],
  signal?: AbortSignal,
): Promise<Scratch> {
  await importPeer('reading SQL files', () => import('@electric-sql/pglite'));
  const wanted = names.filter((name) => name !== 'plpgsql');
  const extensions = await loadPgliteExtensions(wanted.map((name) => ({ name, optional: true })));
  const client = await openDump(await blankDump(), extensions);
  return {
    unavailable: wanted.filter((name) => extensions[name] === undefined),
    query: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
    async run(sql) {
      // PGlite runs in this thread: without a pause, Ctrl-C would be handled after the last one.
      await setImmediate();
      signal?.throwIfAborted();
      const notices: string[] = [];
      await client.exec(sql, {
        onNotice: ({ severity, message }) => notices.push(`${severity}: ${message}`),
      });
      return notices;
    },
    close: () => client.close(),
  };
}
