import { connect, type Socket } from 'node:net';

/**
 * The driver's options for the server address. The driver supports several hosts; this module
 * passes one.
 */
export interface ServerAddress {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path?: string | false | undefined;
}

/**
 * A socket without Nagle's algorithm. The driver's own socket delays a short message until
 * the previous one is acknowledged. If the server does not answer that one, such as the
 * last rows of a COPY, the acknowledgement takes 40 ms.
 *
 * The socket is returned before it is connected: writes are buffered, and errors are events.
 */
export function promptSocket({ host: [host], port: [port], path }: ServerAddress): Socket {
  const socket = path
    ? connect({ path })
    : connect({ host: host as string, port: port as number, noDelay: true });
  // The driver uses these in error messages and for TLS certificate checks.
  return Object.assign(socket, { host, port });
}
