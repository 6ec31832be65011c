import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inTime } from '../postgres/in-time.ts';
import { answerFetch, type FetchHandler, type FetchServer } from './serve-fetch.ts';

export interface FrontOptions {
  readonly port: number;
  /** Paths with this prefix are handled by the front itself. */
  readonly ownPrefix: string;
  readonly own: FetchHandler;
  /** The address of the server. Pending while the server is being restarted. */
  readonly behind: () => Promise<string>;
}

/** How long a request waits for a server that is being restarted. */
const PATIENCE = 15_000;

/** A fixed address on 127.0.0.1 for a server that is replaced while clients use it. */
export async function serveFront(options: FrontOptions): Promise<FetchServer> {
  const { port, ownPrefix, own, behind } = options;
  const server = createServer((incoming, outgoing) => {
    if ((incoming.url ?? '').startsWith(ownPrefix)) void answerFetch(own, incoming, outgoing);
    else void forward(behind, incoming, outgoing);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function forward(
  behind: FrontOptions['behind'],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const fail = (): void => {
    if (!outgoing.headersSent) {
      outgoing.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' });
      outgoing.end('{"error":"the server is being restarted; try again."}');
    } else outgoing.destroy();
  };
  const url = await inTime(behind(), PATIENCE, () => new Error('too late')).catch(() => undefined);
  if (url === undefined) return fail();
  const { hostname, port } = new URL(url);
  const { method, url: path, headers } = incoming;
  const sent = httpRequest({ hostname, port, method, path, headers }, (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(outgoing);
    response.once('error', () => outgoing.destroy());
  });
  sent.once('error', fail);
  outgoing.once('close', () => sent.destroy());
  incoming.pipe(sent);
}
