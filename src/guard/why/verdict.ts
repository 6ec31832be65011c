import { databaseFailure, isOutage } from '../database-failure.ts';
import { causesOf } from '../../report/causes-of.ts';

/** The verdict of an enforcer. */
export interface Verdict {
  /** Absent if the enforcer could not be tested. */
  readonly allows?: boolean;
  readonly because: string;
}

/**
 * The verdict if a statement failed for a reason other than access. Postgres and the guard check
 * access before constraints.
 */
export function failureVerdict(error: unknown): Verdict {
  const failure = databaseFailure(error);
  if (failure === undefined) throw error;
  if (failure.code.startsWith('23')) {
    const { code, constraint } = failure;
    const refusing =
      code === '23502' ? 'a NOT NULL column' : `the constraint ${constraint ?? 'of a column'}`;
    return { allows: true, because: `no rule, but ${refusing} refuses it` };
  }
  if (isOutage(failure)) throw error;
  const reason = [...causesOf(error)].at(-1)?.message ?? failure.code;
  return { because: `the database failed: ${reason}` };
}
