import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A port that accepts connections and then closes them, like a proxy whose server is down,
 * or stays silent.
 */
export async function deadPort(
  does: 'hangs up' | 'is silent',
): Promise<AsyncDisposable & { readonly port: number }> {
  const taken = new Set<Socket>();
  const server = createServer((socket) => {
    taken.add(socket.resume());
    if (does === 'hangs up') socket.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      // When the driver ends, it leaves connections open that were still being established.
      for (const socket of taken) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
