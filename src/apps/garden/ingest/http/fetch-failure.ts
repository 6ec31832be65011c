import { ProblemError, type Problem } from '../../../../report/problem.ts';

/** Why a package could not be fetched, and whether it may go better later. */
export class FetchFailure extends ProblemError {
  /** `false`: the same request would fail the same way again. */
  readonly retry: boolean;
  /** What the server asked to wait, in milliseconds. */
  readonly retryAfter: number | undefined;
  /** Nobody was asked about this package: it cannot have failed by itself. */
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

/** What is wrong with the answer itself: nobody needs to ask again. */
export function malformed(address: URL, message: string, cause?: unknown): FetchFailure {
  return new FetchFailure(
    {
      code: 'ingest/malformed',
      message,
      context: [showAddress(address)],
      fix: 'look at what the address answers: it is not what this registry is documented to send.',
    },
    { retry: false, cause },
  );
}

/** What may be different in a while: the network, the server, a limit. */
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
      fix: 'nothing: it is tried again later.',
    },
    { retry: true, ...options },
  );
}

/** What was refused because of a rule of ours. */
export function refused(address: URL, message: string, fix: string): FetchFailure {
  return new FetchFailure(
    { code: 'ingest/refused', message, context: [showAddress(address)], fix },
    { retry: false },
  );
}

/** Without what may be secret in an address: user, password, query. */
export function showAddress(address: URL): string {
  return `${address.origin}${address.pathname}`;
}
