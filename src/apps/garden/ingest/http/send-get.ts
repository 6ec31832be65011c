import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { guardedLookup, hostOf, NotPublicError, refuseSpecialHost } from './guarded-lookup.ts';
import type { SpecialAddress } from './special-address.ts';

/** The connection failed, or the body that came over it. */
export class ConnectionFailure extends Error {
  /** Of the system, for example `ECONNREFUSED`. */
  readonly code: string | undefined;
  constructor(cause: unknown) {
    super('the connection failed', { cause });
    const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    this.code = typeof code === 'string' ? code : undefined;
  }
}

/** The first lines of an answer, and its body. */
export interface ServerAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Unpacked. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Reads to the end what nobody wants, so that the connection serves again; a long one is cut. */
  discard(): Promise<void>;
  /** Cuts the connection where the body was not read to its end: it could not serve again. */
  release(): void;
}

/** Which addresses may be connected to: every one, or public ones and those of one kind beside them. */
export type Reach = 'anywhere' | { readonly beside: SpecialAddress | undefined };

interface ServerRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly reach: Reach;
}

/**
 * Sends a GET. Not `fetch`: that resolves names on its own, and cannot be told which
 * addresses it may connect to.
 */
export async function askServer(
  address: URL,
  { headers, signal, reach }: ServerRequest,
): Promise<ServerAnswer> {
  if (reach !== 'anywhere') refuseSpecialHost(hostOf(address), reach.beside);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const options = {
    headers: { ...headers, 'accept-encoding': 'gzip, br' },
    signal,
    ...(reach !== 'anywhere' && { agent: guardedAgent(address.protocol, reach.beside) }),
  };
  const module = address.protocol === 'https:' ? https : http;
  module.get(address, options, resolve).on('error', reject);
  const response = await promise.catch((error: unknown) => {
    throw error instanceof NotPublicError ? error : new ConnectionFailure(error);
  });
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: piecesOf(response),
    discard: () => discard(response),
    release() {
      if (!response.readableEnded) response.destroy();
    },
  };
}

const agents = new Map<string, http.Agent>();

/** Connections that are guarded are kept apart from those that are not. */
function guardedAgent(protocol: string, beside: SpecialAddress | undefined): http.Agent {
  const key = `${protocol} ${beside}`;
  const known = agents.get(key);
  if (known !== undefined) return known;
  const options = { keepAlive: true, timeout: 5_000, lookup: guardedLookup(beside) };
  const agent = protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
  agents.set(key, agent);
  return agent;
}

async function* piecesOf(response: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    yield* unpacked(response);
  } catch (error) {
    throw new ConnectionFailure(error);
  }
}

function unpacked(response: IncomingMessage): Readable {
  const codings = (response.headers['content-encoding'] ?? '').toLowerCase().split(/\s*,\s*/);
  let stream: Readable = response;
  // The last was put on last.
  for (const coding of codings.toReversed()) {
    const unpack = UNPACK.get(coding.trim());
    // Whoever reads the last stream hears of every failure; the callback has nothing to add.
    if (unpack !== undefined) stream = pipeline(stream, unpack(), () => {});
  }
  return stream;
}

const UNPACK = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

const DISCARDED = 64 * 1024;

async function discard(response: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const piece of response as AsyncIterable<Uint8Array>) {
      bytes += piece.length;
      if (bytes > DISCARDED) break;
    }
  } catch {
    // The answer was read as far as anybody wanted.
  }
}
