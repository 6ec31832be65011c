import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePorts } from '../../../src/servers/free-ports.ts';

/** The endpoints' process, started again whenever it ends. */
export interface KeptEndpoints extends AsyncDisposable {
  /** What zero-cache would be answered. */
  handler(request: Request): Promise<Response>;
  /** Ends it without a word, and waits for the next. */
  kill(): Promise<void>;
  /** How often it has ended by itself. */
  crashes(): number;
}

export async function keepEndpoints(databaseUrl: string): Promise<KeptEndpoints> {
  const port = await freePorts();
  let child: ChildProcess;
  let stopped = false;
  let ends = 0;
  let kills = 0;
  const start = async (): Promise<void> => {
    child = fork(join(import.meta.dirname, 'endpoint-process.ts'), [databaseUrl, String(port)], {
      stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
      execArgv: [],
    });
    child.once('exit', () => {
      if (stopped) return;
      ends += 1;
      starting = start();
    });
    await Promise.race([once(child, 'message'), once(child, 'exit')]);
  };
  let starting = start();
  await starting;
  return {
    handler: async (request) => {
      const { pathname, search } = new URL(request.url);
      return fetch(`http://127.0.0.1:${port}${pathname}${search}`, {
        method: request.method,
        headers: [...request.headers].filter(
          ([name]) => !/^(?:host|connection|content-length|transfer-encoding)$/.test(name),
        ),
        body: await request.text(),
      });
    },
    async kill() {
      kills += 1;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      await starting;
    },
    crashes: () => ends - kills,
    async [Symbol.asyncDispose]() {
      stopped = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}
