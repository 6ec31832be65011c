import { setTimeout as sleep } from 'node:timers/promises';
import { startDeadline, type Deadline } from './deadline.ts';
import { FetchFailure, malformed, notNow, refused } from './fetch-failure.ts';
import { HostGate } from './host-gate.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { redirectTarget } from './redirect-target.ts';
import { readRetryAfter } from './retry-after.ts';

/** What is asked for beside the address. */
export interface HttpRequest {
  readonly accept: string;
  /** The types that the answer may have, without parameters. Every type, where it is left out. */
  readonly types?: readonly string[];
  /** What the last answer was called; the server then says whether it still stands. */
  readonly etag?: string | undefined;
  readonly signal: AbortSignal;
}

/** An answer with a body, while it is read. */
export interface HttpAnswer {
  /** Where it came from, after redirects. */
  readonly address: URL;
  readonly etag: string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
}

export type HttpResult<Value> =
  | { readonly state: 'found'; readonly value: Value }
  | { readonly state: 'unchanged' | 'missing' };

/** GET, within limits. One for all registries of a worker, so that the limits hold for each host. */
export class HttpClient {
  readonly #limits: Limits;
  readonly #gates = new Map<string, HostGate>();

  constructor(limits: Partial<Limits> = {}) {
    this.#limits = { ...defaultLimits, ...limits };
  }

  /**
   * Asks for an address and lets `read` read the answer. The place at the host is
   * held until `read` is done. What failed on the way is tried again a few times.
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
        // A timer may be early by a millisecond of the clock that a host's rest is measured with.
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
    let address = first;
    for (let hop = 0; hop <= this.#limits.redirects; hop += 1) {
      // The place at one host is given back before another host is asked.
      const result = await this.#ask(address, request, spent, read);
      if (!(result instanceof URL)) return result;
      address = result;
    }
    throw refused(
      first,
      `the server redirects more than ${this.#limits.redirects} times.`,
      'look at what the address answers.',
    );
  }

  /**
   * Only the time after a place was found is spent: the wait for it is ours, and may be
   * long where much is asked for.
   */
  async #ask<Value>(
    address: URL,
    request: HttpRequest,
    spent: { milliseconds: number },
    read: (answer: HttpAnswer) => Promise<Value>,
  ): Promise<HttpResult<Value> | URL> {
    const rests = (left: number): Error =>
      notNow(address, 'the host asked for a rest.', { retryAfter: left, untried: true });
    return this.#gateOf(address).pass(request.signal, rests, async () => {
      const start = performance.now();
      const deadline = startDeadline(this.#limits.total, spent.milliseconds, request.signal);
      try {
        return await this.#fetch(address, request, deadline, read);
      } catch (error) {
        if (error instanceof FetchFailure) throw error;
        request.signal.throwIfAborted();
        if (deadline.expired !== undefined) throw notNow(address, `${deadline.expired}.`);
        if (isNetwork(error)) {
          throw notNow(address, `the connection failed: ${reasonOf(error)}.`, { cause: error });
        }
        throw error;
      } finally {
        deadline.clear();
        spent.milliseconds += performance.now() - start;
      }
    });
  }

  async #fetch<Value>(
    address: URL,
    request: HttpRequest,
    deadline: Deadline,
    read: (answer: HttpAnswer) => Promise<Value>,
  ): Promise<HttpResult<Value> | URL> {
    deadline.extend(this.#limits.answer, 'the server did not answer in time');
    const response = await fetch(address, {
      headers: {
        accept: request.accept,
        'user-agent': 'techgarden-schema',
        ...(request.etag !== undefined && { 'if-none-match': request.etag }),
      },
      redirect: 'manual',
      signal: deadline.signal,
    });
    try {
      return await this.#receive(address, response, request, deadline, read);
    } finally {
      // What nobody read would keep the connection busy.
      if (response.body?.locked === false) await response.body.cancel().catch(() => {});
    }
  }

  async #receive<Value>(
    address: URL,
    response: Response,
    request: HttpRequest,
    deadline: Deadline,
    read: (answer: HttpAnswer) => Promise<Value>,
  ): Promise<HttpResult<Value> | URL> {
    const { status, headers } = response;
    if (status === 304 && request.etag !== undefined) return { state: 'unchanged' };
    if ([301, 302, 303, 307, 308].includes(status)) {
      return redirectTarget(address, headers.get('location'));
    }
    if ([404, 410, 451].includes(status)) return { state: 'missing' };
    if (status !== 200 || response.body === null) throw this.#unexpected(address, response);
    const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
    if (request.types !== undefined && !request.types.includes(type)) {
      throw malformed(
        address,
        `the answer is ${type === '' ? 'of no type' : type}, and not ${request.types.join(' or ')}.`,
      );
    }
    const body = this.#measured(address, response.body, deadline);
    const etag = headers.get('etag') ?? undefined;
    return { state: 'found', value: await read({ address, etag, body }) };
  }

  #unexpected(address: URL, { status, headers }: Response): FetchFailure {
    const retryAfter = readRetryAfter(headers.get('retry-after'), Date.now());
    const later = status === 408 || status === 425 || status === 429 || status >= 500;
    if (!later) {
      return refused(
        address,
        `the server answered ${status}.`,
        status === 401 || status === 403
          ? 'only public registries can be read; look whether the address is right.'
          : 'look at what the address answers.',
      );
    }
    if (retryAfter !== undefined) this.#gateOf(address).rest(retryAfter);
    return notNow(address, `the server answered ${status}.`, { retryAfter });
  }

  /** The body, as long as it comes in time and is not too large. */
  async *#measured(
    address: URL,
    body: ReadableStream<Uint8Array>,
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
          `the answer is larger than ${Math.round(size / 1024 / 1024)} MB.`,
          'allow more where the document is known to be good.',
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

/** undici throws a TypeError for whatever happened on the way; its cause says what. */
const isNetwork = (error: unknown): boolean =>
  error instanceof TypeError && /^(fetch failed|terminated)$/.test(error.message);

function reasonOf(error: unknown): string {
  const { cause } = error as Error;
  if (!(cause instanceof Error)) return 'it was cut';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
