import { ProblemError } from '../../../report/problem.ts';

/** The right to work on a request. Every later call checks it again, in database time. */
export interface Lease {
  readonly requestId: string;
  readonly holder: string;
  /** Tells this lease from a later one of the same holder. */
  readonly attempt: number;
}

/** Thrown where a lease ran out, or the request was cancelled. */
export const leaseLost = ({ requestId, holder }: Lease): ProblemError =>
  new ProblemError({
    code: 'queue/lease-lost',
    message: `${holder} no longer holds the request ${requestId}: the lease ran out, or the request was cancelled. Nothing was changed.`,
    fix: 'stop working on it; whoever holds it now will finish it. A longer `lease` or a heartbeat keeps it.',
  });
