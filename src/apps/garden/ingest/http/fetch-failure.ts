import { ProblemError, type Problem } from '../../../../report/problem.ts';

/** Why a package could not be fetched, and whether a retry may help. */
export class FetchFailure extends ProblemError {
  /** `false`: the same request would fail in the same way again. */
  readonly retry: boolean;
  /** Wait that the server asked for, in milliseconds. */
  readonly retryAfter: number | undefined;
  /** No request for this package was sent, so the package is not to blame. */
  readonly untried: boolean;

  constructor(
    problem: Problem,
    options: {
      retry: boolean;
      retryAfter?: number | undefined;
      untried?: boolean;
      cause?: unknown;
    },
  ) {
    super(problem, options.cause === undefined ? {} : { cause: options.cause });
    this.retry = options.retry;
    this.retryAfter = options.retryAfter;
    this.untried = options.untried ?? false;
  }
}

/** The response itself is invalid. A retry does not help. */
export function malformed(address: URL, message: string, cause?: unknown): FetchFailure {
  return new FetchFailure(
    {
      code: 'ingest/malformed',
      message,
      context: [showAddress(address)],
      fix: 'check the response of the address: it does not have the documented format of this registry.',
    },
    { retry: false, cause },
  );
}

/** A temporary failure: the network, the server or a limit. */
export function notNow(
  address: URL,
  message: string,
  options: { retryAfter?: number | undefined; untried?: boolean; cause?: unknown } = {},
): FetchFailure {
  return new FetchFailure(
    {
      code: 'ingest/not-now',
      message,
      context: [showAddress(address)],
      fix: 'none needed: the worker retries later.',
    },
    { retry: true, ...options },
  );
}

/** Refused by a rule of this client. */
export function refused(address: URL, message: string, fix: string): FetchFailure {
  return new FetchFailure(
    { code: 'ingest/refused', message, context: [showAddress(address)], fix },
    { retry: false },
  );
}

/** The address without parts that may be secret: user, password and query. */
export function showAddress(address: URL): string {
  return `${address.origin}${address.pathname}`;
}
