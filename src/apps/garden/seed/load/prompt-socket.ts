import { connect, type Socket } from 'node:net';

/** The part of the driver's options that says where the server is. It takes several hosts; we give one. */
export interface ServerAddress {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path?: string | false | undefined;
}

/**
 * A connection that sends what it is given at once. The driver's own waits with a short
 * message until the one before is acknowledged, and where the server does not answer
 * that one, such as the last rows of a COPY, the acknowledgement takes 40 ms.
 *
 * It is handed out before it is connected: what is written waits, and errors come as events.
 */
export function promptSocket({ host: [host], port: [port], path }: ServerAddress): Socket {
  const socket = path
    ? connect({ path })
    : connect({ host: host as string, port: port as number, noDelay: true });
  // The driver names them in errors, and TLS asks for the host's certificate.
  return Object.assign(socket, { host, port });
}
