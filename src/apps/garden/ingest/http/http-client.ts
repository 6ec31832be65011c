import { setTimeout as sleep } from 'node:timers/promises';
import { sendGet, ConnectionFailure, type Reach, type ServerAnswer } from './send-get.ts';
import { startDeadline, type Deadline } from './deadline.ts';
import { FetchFailure, malformed, notNow, refused } from './fetch-failure.ts';
import { hostOf, NotPublicError, specialHost } from './guarded-lookup.ts';
import { HostGate } from './host-gate.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { redirectTarget } from './redirect-target.ts';
import { readRetryAfter } from './retry-after.ts';

/** Options of a GET. */
export interface HttpRequest {
  readonly accept: string;
  /** Accepted media types, without parameters. Defaults to all. */
  readonly types?: readonly string[];
  /** ETag of the last response, sent as If-None-Match. */
  readonly etag?: string | undefined;
  readonly signal: AbortSignal;
}

/** A response whose body is being read. */
export interface HttpAnswer {
  /** The requested address. Redirect targets are not exposed, so failures name this address. */
  readonly address: URL;
  readonly etag: string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
}

export type HttpResult<Value> =
  | { readonly state: 'found'; readonly value: Value }
  | { readonly state: 'unchanged' | 'missing' };

/**
 * Sends GET requests within limits. Share one client among all registries of a worker, because the
 * limits are per host.
 */
export class HttpClient {
  readonly #limits: Limits;
  readonly #gates = new Map<string, HostGate>();

  constructor(limits: Partial<Limits> = {}) {
    this.#limits = { ...defaultLimits, ...limits };
  }

  /**
   * Requests an address and lets `read` read the response. The slot at the host is held until
   * `read` returns. Temporary failures are retried a few times.
   */
  async get<Value>(
    address: URL,
    request: HttpRequest,
    read: (answer: HttpAnswer) => Promise<Value>,
  ): Promise<HttpResult<Value>> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#follow(address, request, read);
      } catch (error) {
        if (!(error instanceof FetchFailure) || !error.retry || request.signal.aborted) throw error;
        const wait = error.retryAfter ?? 100 * 4 ** attempt;
        if (attempt >= this.#limits.retries || wait > this.#limits.patience) throw error;
        // Waits one millisecond longer, because a timer can fire slightly before the host's
        // pause ends.
        await sleep(wait + 1, undefined, { signal: request.signal });
      }
    }
  }

  async #follow<Value>(
    first: URL,
    request: HttpRequest,
    read: (answer: HttpAnswer) => Promise<Value>,
  ): Promise<HttpResult<Value>> {
    const spent = { milliseconds: 0 };
    let hop: Hop = { first, address: first, reach: 'anywhere' };
    for (let hops = 0; hops <= this.#limits.redirects; hops += 1) {
      // The slot at one host is freed before the request to the next host.
      const result = await this.#ask(hop, request, spent, read);
      if (!(result instanceof URL)) return result;
      const reach =
        hop.reach === 'anywhere' ? { allowed: await specialHost(hostOf(first)) } : hop.reach;
      hop = { first, address: result, reach };
    }
    throw refused(
      first,
      `the server redirects more than ${this.#limits.redirects} times.`,
      'check the response of the address.',
    );
  }

  /**
   * Counts only the time after the slot was obtained. The wait for a slot is caused by this client
   * and can be long under load.
   */
  async #ask<Value>(
    hop: Hop,
    request: HttpRequest,
    spent: { milliseconds: number },
    read: (answer: HttpAnswer) => Promise<Value>,
  ): Promise<HttpResult<Value> | URL> {
    const { first, address } = hop;
    const rests = (left: number): Error =>
      notNow(first, 'the host asked to pause requests.', { retryAfter: left, untried: true });
    return this.#gateOf(address).pass(request.signal, rests, async () => {
      const start = performance.now();
      const deadline = startDeadline(this.#limits.total, spent.milliseconds, request.signal);
      try {
        return await this.#fetch({ hop, request, deadline }, read);
      } catch (error) {
        if (error instanceof FetchFailure) throw error;
        request.signal.throwIfAborted();
        if (deadline.expired !== undefined) throw notNow(first, `${deadline.expired}.`);
        throw failureOf(hop, error);
      } finally {
        deadline.clear();
        spent.milliseconds += performance.now() - start;
      }
    });
  }

  async #fetch<Value>(
    exchange: Exchange,
    read: (answer: HttpAnswer) => Promise<Value>,
  ): Promise<HttpResult<Value> | URL> {
    const { hop, request, deadline } = exchange;
    deadline.extend(this.#limits.answer, 'the server did not answer in time');
    const answer = await sendGet(hop.address, {
      headers: {
        accept: request.accept,
        'user-agent': 'techgarden-schema',
        ...(request.etag !== undefined && { 'if-none-match': request.etag }),
      },
      signal: deadline.signal,
      reach: hop.reach,
    });
    try {
      return await this.#receive(exchange, answer, read);
    } finally {
      answer.release();
    }
  }

  async #receive<Value>(
    { hop: { first, address }, request, deadline }: Exchange,
    answer: ServerAnswer,
    read: (answer: HttpAnswer) => Promise<Value>,
  ): Promise<HttpResult<Value> | URL> {
    const { status, headers } = answer;
    if (status !== 200) await answer.discard();
    if (status === 304 && request.etag !== undefined) return { state: 'unchanged' };
    if ([301, 302, 303, 307, 308].includes(status)) {
      return redirectTarget(first, address, headers.location ?? null);
    }
    if ([404, 410, 451].includes(status)) return { state: 'missing' };
    if (status !== 200) throw this.#unexpected({ first, address }, answer);
    const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
    if (request.types !== undefined && !request.types.includes(type)) {
      await answer.discard();
      throw malformed(first, `the answer is ${showType(type)}, not ${request.types.join(' or ')}.`);
    }
    const body = this.#measured(first, answer.body, deadline);
    return { state: 'found', value: await read({ address: first, etag: headers.etag, body }) };
  }

  #unexpected(
    { first, address }: Pick<Hop, 'first' | 'address'>,
    { status, headers }: ServerAnswer,
  ): FetchFailure {
    const retryAfter = readRetryAfter(headers['retry-after'] ?? null, Date.now());
    const later = status === 408 || status === 425 || status === 429 || status >= 500;
    if (!later) {
      return refused(
        first,
        `the server answered ${status}.`,
        status === 401 || status === 403
          ? 'check the address; only public registries are supported.'
          : 'check the response of the address.',
      );
    }
    if (retryAfter !== undefined) this.#gateOf(address).rest(retryAfter);
    return notNow(first, `the server answered ${status}.`, { retryAfter });
  }

  /** Yields the body and enforces the timeout and the size limit. */
  async *#measured(
    address: URL,
    body: AsyncIterable<Uint8Array>,
    deadline: Deadline,
  ): AsyncGenerator<Uint8Array> {
    const { idle, size } = this.#limits;
    let received = 0;
    deadline.extend(idle, 'the server stopped in the middle of its answer');
    for await (const piece of body) {
      received += piece.length;
      if (received > size) {
        throw refused(
          address,
          `the response is larger than ${Math.round(size / 1024 / 1024)} MB.`,
          'raise the size limit if you trust the document.',
        );
      }
      deadline.extend(idle, 'the server stopped in the middle of its answer');
      yield piece;
    }
  }

  #gateOf({ host }: URL): HostGate {
    const known = this.#gates.get(host);
    if (known !== undefined) return known;
    const gate = new HostGate(this.#limits);
    this.#gates.set(host, gate);
    return gate;
  }
}

/** A request to a host with its deadline. */
interface Exchange {
  readonly hop: Hop;
  readonly request: HttpRequest;
  readonly deadline: Deadline;
}

/** One request in a chain of redirects. */
interface Hop {
  /** The requested address, which all failures name. */
  readonly first: URL;
  readonly address: URL;
  readonly reach: Reach;
}

/**
 * Maps a connection error to a failure. It reveals nothing about a redirect target, because a
 * requester could use that to probe hosts.
 */
function failureOf({ first, reach }: Hop, error: unknown): unknown {
  if (error instanceof NotPublicError) {
    return refused(
      first,
      'the server redirects to an address that is not public.',
      'if the redirect is intended, configure its target as the registry address.',
    );
  }
  if (!(error instanceof ConnectionFailure)) return error;
  const message =
    reach === 'anywhere'
      ? `the connection failed: ${error.code ?? 'it was cut'}.`
      : 'the connection to the redirect target failed.';
  return notNow(first, message, { cause: error });
}

/** Shows a content type only if it is well-formed, because a header can contain anything. */
function showType(type: string): string {
  if (type === '') return 'of no type';
  return /^[\w.+/-]{1,100}$/.test(type) ? type : 'of an unknown type';
}
