import { rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { freePorts } from '../../src/processes/free-ports.ts';
import { startGarden } from '../../src/apps/garden/stack/start-garden.ts';
import { plantGrove } from './plant-grove.ts';

export interface OpenGarden extends AsyncDisposable {
  /** Of the page. */
  readonly url: string;
  readonly cacheUrl: string;
  /** The same database as its owner: what a worker or another server would do. */
  readonly sql: postgres.Sql;
}

/** A garden of one's own with all its parts, and the rows of the scenarios in it. */
export async function openGarden(onStage: (line: string) => void): Promise<OpenGarden> {
  const folder = await mkdtemp(join(tmpdir(), 'garden-browser-'));
  // Postgres runs as a user of its own, who has to come in here.
  await chmod(folder, 0o755);
  // Also after a failure or a signal, when the servers have been stopped.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const stop = new AbortController();
  const stack = await startGarden({
    folder,
    // The usual ones may be a running garden's.
    port: await freePorts(1),
    zeroPort: await freePorts(3),
    viewSyncers: 0,
    reset: false,
    signal: stop.signal,
    onError: (error) => onStage(`endpoint: ${String(error)}`),
    onStage: (event) => {
      if (event.type === 'done') onStage(`${event.stage}: ${event.detail}`);
    },
  });
  const sql = postgres(stack.databaseUrl, { onnotice: () => {} });
  await plantGrove(sql);
  return {
    url: stack.url,
    cacheUrl: stack.cacheUrls[0] ?? '',
    sql,
    async [Symbol.asyncDispose]() {
      await sql.end({ timeout: 5 });
      await stack.stop();
    },
  };
}
