import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SyncServer } from './create-server.ts';

/** Maximum body size. A push after a long offline period is large, but not larger than this. */
const MAX_BODY = 16 * 1024 * 1024;

/**
 * The endpoints for Node's own `http`, without a framework.
 *
 * @example
 * import { createServer } from 'node:http';
 * createServer(nodeListener(server)).listen(3000);
 */
export function nodeListener(
  server: Pick<SyncServer, 'handler'>,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (incoming, outgoing) => {
    void respond(server, incoming, outgoing);
  };
}

async function respond(
  server: Pick<SyncServer, 'handler'>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const response = await answer(server, incoming);
    const body = new Uint8Array(await response.arrayBuffer());
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(body);
  } catch {
    // The request was aborted or malformed.
    outgoing.writeHead(400).end();
  }
}

async function answer(
  server: Pick<SyncServer, 'handler'>,
  incoming: IncomingMessage,
): Promise<Response> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> = incoming.iterator({ destroyOnReturn: false });
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BODY) {
      return new Response(undefined, { status: 413, headers: { Connection: 'close' } });
    }
    chunks.push(chunk);
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headersDistinct)) {
    for (const one of value ?? []) headers.append(name, one);
  }
  const { method = 'GET', url = '/' } = incoming;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return server.handler(
    // The host is not used, because the client's Host header cannot be trusted.
    new Request(new URL(url.replace(/^\/+/, '/'), 'http://localhost'), {
      method,
      headers,
      ...(hasBody ? { body: Buffer.concat(chunks) } : {}),
    }),
  );
}
