import { ProblemError } from '../../../report/problem.ts';

/** The right to work on a request. Every later call checks it against the database clock. */
export interface Lease {
  readonly requestId: string;
  readonly holder: string;
  /** Distinguishes this lease from a later one of the same holder. */
  readonly attempt: number;
}

/** Error for a lease that expired, or whose request was cancelled. */
export const leaseLost = ({ requestId, holder }: Lease): ProblemError =>
  new ProblemError({
    code: 'queue/lease-lost',
    message: `${holder} no longer holds the request ${requestId}: the lease expired or the request was cancelled. Nothing was changed.`,
    fix: 'stop working on it; its current holder finishes it. To keep a lease, set a longer `lease` or send heartbeats.',
  });
