import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../../src/processes/free-ports.ts';

export interface Pgbouncer extends AsyncDisposable {
  /** The URL of a database through the pooler. */
  through(url: string): string;
}

/** A user without privileges; pgbouncer refuses to run as root. */
const NOBODY = 65_534;

/** pgbouncer in transaction mode, in front of a server, with few connections to it. */
export async function startPgbouncer(server: string, poolSize: number): Promise<Pgbouncer> {
  const program = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((file) => existsSync(file));
  if (program === undefined)
    throw new Error('no pgbouncer: run test/maintain/install-pgbouncer.sh');
  const { username, password, port } = new URL(server);
  const folder = mkdtempSync(join(tmpdir(), 'garden-pgbouncer-'));
  const own = await freePorts();
  writeFileSync(join(folder, 'users.txt'), `"${username}" "${password}"\n`);
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `[databases]
* = host=127.0.0.1 port=${port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = plain
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = 200
`,
  );
  chmodSync(folder, 0o755);
  const child = spawn(program, [join(folder, 'pgbouncer.ini')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(process.getuid?.() === 0 && { uid: NOBODY, gid: NOBODY }),
  });
  let log = '';
  child.stderr.on('data', (text) => (log += String(text)));
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; !(await answers(own)); tries += 1) {
    if (tries > 100 || child.exitCode !== null) {
      await stop();
      throw new Error(`pgbouncer did not start:\n${log}`);
    }
    await sleep(50);
  }
  return {
    through(url) {
      const address = new URL(url);
      address.port = String(own);
      return address.href;
    },
    [Symbol.asyncDispose]: stop,
  };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
