import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const preload = new URL('./listen-on-loopback.ts', import.meta.url).href;

// Each way to call listen() that ends in a TCP socket.
const program = `
  import { createServer } from 'node:net';
  const ways = [[], [0], ['0'], [0, '::'], [0, '0.0.0.0', 5], [undefined, '::'], [{ port: 0 }],
    [{ port: 0, host: '::', ipv6Only: false }]];
  const found = [];
  for (const way of ways) {
    for (const args of [way, 'callback']) {
      const server = createServer();
      await new Promise((resolve) => {
        if (args === 'callback') server.listen(...way, resolve);
        else server.listen(...way).once('listening', resolve);
      });
      found.push(server.address().address);
      server.close();
    }
  }
  const path = createServer().listen('\\0garden-' + process.pid);
  const other = createServer().listen({ path: '\\0garden-other-' + process.pid });
  found.push(typeof path.address(), typeof other.address());
  path.close();
  other.close();
  console.log(JSON.stringify([...new Set(found)]));`;

test.runIf(process.platform === 'linux')(
  'a TCP server listens on 127.0.0.1, however it is started',
  async () => {
    const run = (args: readonly string[]) =>
      promisify(execFile)(process.execPath, [...args, '--input-type=module', '--eval', program]);
    const { stdout } = await run(['--import', preload]);
    expect(JSON.parse(stdout)).toEqual(['127.0.0.1', 'string']);
    const without = await run([]);
    expect(JSON.parse(without.stdout)).toEqual(['::', '0.0.0.0', 'string']);
  },
);
