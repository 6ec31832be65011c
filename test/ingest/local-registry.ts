import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A local registry for a test: recorded responses, and responses that the test adds. */
export interface LocalRegistry {
  readonly url: URL;
  /** The requested paths, in order. */
  readonly asked: string[];
  /** Adds a response for a path, with priority over recorded responses. */
  readonly answers: Map<string, Answer>;
  close(): Promise<void>;
}

export const fixtures: string = join(import.meta.dirname, 'fixtures');

/** Responds with a JSON document. */
export const json =
  (document: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_, response) =>
    void response
      .writeHead(200, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(document));

/** Responds with a status and no body. */
export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_, response) =>
    void response.writeHead(code, headers).end();

/** Serves a folder of recorded responses with ETags, and supports If-None-Match. */
export async function localRegistry(folder?: string): Promise<LocalRegistry> {
  const asked: string[] = [];
  const answers = new Map<string, Answer>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const answer = answers.get(path);
    if (answer !== undefined) answer(request, response);
    else void recorded(folder, path, request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: new URL(`http://127.0.0.1:${portOf(server)}/`),
    asked,
    answers,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

async function recorded(
  folder: string | undefined,
  path: string,
  { headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = folder === undefined ? undefined : await readRecorded(folder, path);
  if (body === undefined) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not found"}');
    return;
  }
  const etag = `"${body.length.toString(16)}"`;
  if (headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
  else {
    const type = folder === 'apt' ? 'application/octet-stream' : 'application/json';
    response.writeHead(200, { 'content-type': type, etag }).end(body);
  }
}

/** Scoped npm names contain a slash, which a file name cannot. */
async function readRecorded(folder: string, path: string): Promise<Buffer | undefined> {
  const file =
    folder === 'npm'
      ? `${path.slice(1).replace('%2f', '__').replace('/latest', '.latest')}.json`
      : decodeURIComponent(path.slice(1));
  return readFile(join(fixtures, folder, file)).catch(() => undefined);
}
