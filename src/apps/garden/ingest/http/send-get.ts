import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { guardedLookup, hostOf, NotPublicError, refuseSpecialHost } from './guarded-lookup.ts';
import type { SpecialAddress } from './special-address.ts';

/** The connection failed, either before or during the response body. */
export class ConnectionFailure extends Error {
  /** System error code, for example `ECONNREFUSED`. */
  readonly code: string | undefined;
  constructor(cause: unknown) {
    super('the connection failed', { cause });
    const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    this.code = typeof code === 'string' ? code : undefined;
  }
}

/** Status, headers and body of a response. */
export interface ServerAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Decompressed. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Reads and drops the body, so that the connection can be reused. A long body is cut off. */
  discard(): Promise<void>;
  /** Closes the connection if the body was not read to its end, because it cannot be reused. */
  release(): void;
}

/** Addresses that may be connected to: any, or public ones plus one kind of special address. */
export type Reach = 'anywhere' | { readonly allowed: SpecialAddress | undefined };

interface ServerRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly reach: Reach;
}

/**
 * Sends a GET. It does not use `fetch`, which resolves names itself and cannot restrict the
 * addresses that it connects to.
 */
export async function sendGet(
  address: URL,
  { headers, signal, reach }: ServerRequest,
): Promise<ServerAnswer> {
  if (reach !== 'anywhere') refuseSpecialHost(hostOf(address), reach.allowed);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const options = {
    headers: { ...headers, 'accept-encoding': 'gzip, br' },
    signal,
    ...(reach !== 'anywhere' && { agent: guardedAgent(address.protocol, reach.allowed) }),
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

/** Guarded and unguarded connections use separate agents. */
function guardedAgent(protocol: string, allowed: SpecialAddress | undefined): http.Agent {
  const key = `${protocol} ${allowed}`;
  const known = agents.get(key);
  if (known !== undefined) return known;
  const options = { keepAlive: true, timeout: 5_000, lookup: guardedLookup(allowed) };
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
  // Codings are undone in reverse order.
  for (const coding of codings.toReversed()) {
    const unpack = UNPACK.get(coding.trim());
    // The reader of the last stream gets every error, so the callback does nothing.
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
    // The caller does not need the body, so an error while dropping it does not matter.
  }
}
