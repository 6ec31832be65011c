/** The values from which on a check reports. */
export interface DoctorLimits {
  /** Share of `max_connections` in use. */
  readonly connections: number;
  /** WAL that a replication slot keeps, or its consumer has not confirmed, in bytes. */
  readonly lagBytes: number;
  /** Delay of a standby, in seconds. */
  readonly lagSeconds: number;
  /** Age of a transaction, in seconds. */
  readonly transactionSeconds: number;
  /** Time that a session is idle in a transaction, in seconds. */
  readonly idleSeconds: number;
  /** Wait for a lock, in seconds. */
  readonly lockSeconds: number;
  /** Age of the oldest transaction that is not frozen; Postgres stops at two billion. */
  readonly transactionAge: number;
  /** Dead rows of a table, or rows changed since its last ANALYZE. */
  readonly staleRows: number;
  /** Share of reads that are served from `shared_buffers`, from `cacheReads` blocks on. */
  readonly cacheHits: number;
  readonly cacheReads: number;
  /** Days before the end of support of a major version. */
  readonly supportDays: number;
  /** Rows of a table whose rows are checked without `deep`. */
  readonly scanRows: number;
  /** Used share of the values of a sequence. */
  readonly sequenceUse: number;
  /** Size of an index, in bytes, and number of reads of its table, before it counts as unused. */
  readonly indexBytes: number;
  readonly tableReads: number;
  /** Wasted bytes of a table or an index that is larger than `bloatFactor` times its content. */
  readonly bloatBytes: number;
  readonly bloatFactor: number;
  /** Rows and sequential scans of a table whose indexes are not used. */
  readonly scannedRows: number;
  readonly scans: number;
  /** Rows of a table in which secrets are looked for. */
  readonly sampleRows: number;
  /** Addresses from which connections need no TLS. */
  readonly localNetworks: readonly string[];
  /** Growth of a table since the last run. */
  readonly growthBytes: number;
  readonly growthFactor: number;
  /** Whether every row of every table is checked. */
  readonly deep: boolean;
}

const MEGABYTE = 1024 ** 2;

export const DOCTOR_LIMITS: DoctorLimits = {
  connections: 0.8,
  lagBytes: 1024 * MEGABYTE,
  lagSeconds: 60,
  transactionSeconds: 300,
  idleSeconds: 60,
  lockSeconds: 10,
  transactionAge: 1_000_000_000,
  staleRows: 10_000,
  cacheHits: 0.9,
  cacheReads: 100_000,
  supportDays: 90,
  scanRows: 50_000,
  sequenceUse: 0.8,
  indexBytes: 10 * MEGABYTE,
  tableReads: 1_000,
  bloatBytes: 100 * MEGABYTE,
  bloatFactor: 3,
  scannedRows: 10_000,
  scans: 1_000,
  sampleRows: 100,
  localNetworks: ['127.0.0.0/8', '::1/128'],
  growthBytes: 100 * MEGABYTE,
  growthFactor: 1.5,
  deep: false,
};
