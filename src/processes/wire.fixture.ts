import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A proxy between a client and a server that counts bytes and can be cut. */
export interface Wire extends AsyncDisposable {
  /** The URL for the client, instead of the server's. */
  readonly url: string;
  /** Bytes from the server since the last call. */
  takeReceived(): number;
  /** Closes all connections and refuses new ones. */
  cut(): void;
  mend(): void;
}

/** Opens a proxy to an address like `http://127.0.0.1:4848`. */
export async function openWire(target: string): Promise<Wire> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let whole = true;
  let received = 0;
  const server = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = connect(Number(port), hostname);
    far.on('data', (chunk: Buffer) => (received += chunk.length));
    near.pipe(far);
    far.pipe(near);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      // If one side fails, the other is closed too.
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeReceived: () => {
      const taken = received;
      received = 0;
      return taken;
    },
    cut,
    mend: () => {
      whole = true;
    },
    [Symbol.asyncDispose]: async () => {
      cut();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
