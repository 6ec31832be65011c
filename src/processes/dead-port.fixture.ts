import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A port that takes connections and hangs up, as a proxy does whose server is gone, or is silent. */
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
      // The driver leaves a connection alone that was still being made when it was ended.
      for (const socket of taken) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
