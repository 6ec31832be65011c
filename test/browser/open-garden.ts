import { rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { freePorts } from '../../src/processes/free-ports.ts';
import { gardenTarget } from '../../src/apps/garden/stack/garden-target.ts';
import { startStack } from '../../src/cli/dev/start-stack.ts';
import { plantGrove } from './plant-grove.ts';

export interface OpenGarden extends AsyncDisposable {
  /** URL of the page. */
  readonly url: string;
  readonly cacheUrl: string;
  /** A connection as the database owner, like that of a worker or another server. */
  readonly sql: postgres.Sql;
}

/** A complete garden for one run, with the rows of the scenarios. */
export async function openGarden(onStage: (line: string) => void): Promise<OpenGarden> {
  const folder = await mkdtemp(join(tmpdir(), 'garden-browser-'));
  // Postgres runs as a separate user, who needs access to this folder.
  await chmod(folder, 0o755);
  // Also runs after a failure or a signal, once the servers are stopped.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const stop = new AbortController();
  const stack = await startStack(gardenTarget({ worker: undefined }), {
    folder,
    cwd: process.cwd(),
    env: process.env,
    // A running garden may use the default ports.
    port: await freePorts(1),
    zeroPort: await freePorts(3),
    viewSyncers: 0,
    reset: false,
    signal: stop.signal,
    once: false,
    onEvent: ({ type, name }) => onStage(`${name} ${type}`),
    onLine: (name, line) => onStage(`${name}: ${line}`),
    tell: onStage,
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
