import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export type FetchHandler = (request: Request) => Response | Promise<Response>;

export interface FetchServer {
  readonly url: string;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Serves a fetch handler on a port of 127.0.0.1, a free one by default, as frameworks do
 * for the endpoints that zero-cache calls. An error in the handler is answered with 500 and
 * without details, because database errors quote rows.
 *
 * @example
 * await using endpoint = await serveFetch((request) => Response.json({ url: request.url }));
 */
export async function serveFetch(handler: FetchHandler, port = 0): Promise<FetchServer> {
  const server = createServer((incoming, outgoing) => {
    void answerFetch(handler, incoming, outgoing);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const stop = async (): Promise<void> => {
    // Otherwise keep-alive connections would keep the server open.
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

/** Answers a request of Node by a fetch handler. */
export async function answerFetch(
  handler: FetchHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const response = await respond(handler, incoming);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

async function respond(handler: FetchHandler, incoming: IncomingMessage): Promise<Response> {
  const { host } = incoming.headers;
  if (!URL.canParse(`http://${host}${incoming.url}`)) {
    return new Response('bad request\n', { status: 400 });
  }
  try {
    const body = await buffer(incoming);
    return await handler(
      new Request(`http://${host}${incoming.url}`, {
        method: incoming.method ?? 'GET',
        headers: Object.entries(incoming.headers).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, String(value)] as [string, string]],
        ),
        ...(body.length > 0 && { body: new Uint8Array(body) }),
      }),
    );
  } catch {
    return new Response('the server failed.\n', { status: 500 });
  }
}
