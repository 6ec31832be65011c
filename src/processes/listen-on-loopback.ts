import { Server, type AddressInfo } from 'node:net';
import process from 'node:process';

// Preloaded into processes that choose their address themselves: zero-cache 1.9 always
// listens on `::`. Unix sockets and handles from a parent process are not changed. Each
// process also prints the port that it listens on, because a response on that port may come
// from another process.

const HOST = '127.0.0.1';
const listen = Server.prototype.listen as (this: Server, ...args: unknown[]) => Server;

Server.prototype.listen = function listenOnLoopback(this: Server, ...args: unknown[]): Server {
  this.once('listening', () => {
    const address = this.address() as AddressInfo | string | null;
    if (typeof address === 'object' && address !== null) {
      process.stderr.write(`garden: listening on port ${address.port}\n`);
    }
  });
  if (process.env['GARDEN_LISTEN_ON'] === 'all') return listen.call(this, ...args);
  const [first, ...rest] = args;
  if (typeof first === 'object' && first !== null) {
    const isNetwork = !('path' in first || 'fd' in first || '_handle' in first);
    const options = isNetwork ? { ...first, host: HOST } : first;
    return listen.call(this, options, ...rest);
  }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return listen.call(this, ...args);
  const port = typeof first === 'number' || typeof first === 'string' ? Number(first) : 0;
  const backlog = rest.find((value) => typeof value === 'number');
  const callback = args.find((value) => typeof value === 'function');
  return listen.call(
    this,
    { port, host: HOST, ...(backlog !== undefined && { backlog }) },
    callback,
  );
};
