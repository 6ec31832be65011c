import type { DoctorLimits } from './doctor-limits.ts';

/** The parts of `garden doctor`, in the order of its output. */
export const DOCTOR_GROUPS = ['health', 'integrity', 'indexes', 'security', 'drift'] as const;

export type DoctorGroup = (typeof DOCTOR_GROUPS)[number];

/**
 * A question to a live database, as SQL that only reads the catalog and the statistics. The
 * SQL functions `health_check()`, `integrity_check()` and `security_audit()` ask the same.
 */
export interface DoctorCheck {
  /** Also the code of its findings. */
  readonly code: `doctor/${string}`;
  readonly group: Exclude<DoctorGroup, 'drift'>;
  /** What it finds, for the documentation. */
  readonly finds: string;
  /** Set if an embedded Postgres has nothing to check: it has one session and no processes. */
  readonly serverOnly?: true;
  /** Set if its probes must not trust the indexes. */
  readonly withoutIndexes?: true;
  /**
   * A query for one row per fault, with the columns of {@link Fault}. In it, `search_path` is
   * `pg_catalog`.
   */
  sql(limits: DoctorLimits): string;
}

/** A row of the query of a check. */
export interface Fault {
  /** `unknown`: `message` is the reason why something could not be checked. */
  readonly severity: 'error' | 'warning' | 'unknown';
  /** The database object, `public.notes`. */
  readonly object: string | null;
  readonly message: string;
  readonly evidence: string | null;
  readonly fix: string | null;
  /**
   * A query that decides whether the fault exists: it returns the evidence, or NULL. Without
   * a probe, the row itself is the fault.
   */
  readonly probe: string | null;
}
