/** What one host may cost, and be asked. Times in milliseconds. */
export interface Limits {
  /** Requests to a host at a time. */
  readonly concurrency: number;
  /** Requests to a host in a second. */
  readonly rate: number;
  /** Bytes of one answer, unpacked. */
  readonly size: number;
  /** From the request to the answer's first line. */
  readonly answer: number;
  /** Between two pieces of an answer. */
  readonly idle: number;
  /** For a whole answer, redirects included. */
  readonly total: number;
  /** How many redirects are followed. */
  readonly redirects: number;
  /** How often a request is made again at once, where that may help. */
  readonly retries: number;
  /** A wait that is asked for and not longer than this is waited; for a longer one the request goes back. */
  readonly patience: number;
}

/** Polite to a public registry, and room for the largest document of one. */
export const defaultLimits: Limits = {
  concurrency: 8,
  rate: 40,
  size: 96 * 1024 * 1024,
  answer: 15_000,
  idle: 15_000,
  total: 120_000,
  redirects: 5,
  retries: 2,
  patience: 5_000,
};
