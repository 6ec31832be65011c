/** Limits per host. Times are in milliseconds. */
export interface Limits {
  /** Maximum number of concurrent requests to a host. */
  readonly concurrency: number;
  /** Maximum number of requests per second to a host. */
  readonly rate: number;
  /** Maximum size of a response in bytes, decompressed. */
  readonly size: number;
  /** Timeout from the request to the response headers. */
  readonly answer: number;
  /** Timeout between two chunks of a response. */
  readonly idle: number;
  /** Timeout for a whole response, including redirects. */
  readonly total: number;
  /** Maximum number of redirects. */
  readonly redirects: number;
  /** Maximum number of immediate retries after a temporary failure. */
  readonly retries: number;
  /**
   * Maximum `Retry-After` that the client waits for itself. After a longer one, the request fails
   * and is retried by the queue.
   */
  readonly patience: number;
}

/** Moderate load for a public registry, with room for its largest documents. */
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
