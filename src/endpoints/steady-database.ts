import { setTimeout as sleep } from 'node:timers/promises';
import type { Schema } from '@rocicorp/zero';
import type {
  Database,
  ExtractTransactionType,
  TransactionProviderInput,
  ZQLDatabase,
} from '@rocicorp/zero/server';
import { databaseFailure, isConflict, isOutage } from '../guard/database-failure.ts';

const ATTEMPTS = 4;
const PAUSE = 20;

/** A database for one request that distinguishes transient failures from errors of a mutator. */
export interface SteadyDatabase<Tx> extends Database<Tx> {
  /** Whether the error is transient and not caused by the mutator. */
  isTransient(error: unknown): boolean;
}

/**
 * Zero treats any error in a mutator as its final answer, and the client reverts its writes.
 * Therefore this function retries conflicting transactions. While the database is unreachable, it
 * returns no answer, so that zero-cache retries.
 *
 * @param atCommit creates the client's error for an error after the mutator, such as a
 * deferred constraint or trigger that fails at COMMIT.
 */
export function steadyDatabase<S extends Schema, T>(
  database: ZQLDatabase<S, T>,
  atCommit: (error: unknown) => Error,
): SteadyDatabase<ExtractTransactionType<ZQLDatabase<S, T>>> {
  let outage: unknown;
  const failureIs = (error: unknown, is: typeof isConflict): boolean => {
    const failure = databaseFailure(error);
    return failure !== undefined && is(failure);
  };
  const attempt = async <R>(run: () => Promise<R>, left: number): Promise<R> => {
    try {
      return await run();
    } catch (error) {
      const conflict = failureIs(error, isConflict);
      if ((conflict && left <= 1) || failureIs(error, isOutage)) outage = error;
      if (!conflict || left <= 1) throw error;
      await sleep(PAUSE * (ATTEMPTS - left + 1) * (0.5 + Math.random()));
      return attempt(run, left - 1);
    }
  };
  const isTransient = (error: unknown): boolean =>
    failureIs(error, isConflict) || failureIs(error, isOutage);
  return {
    isTransient,
    transaction: async (callback, input?: TransactionProviderInput) => {
      // Zero opens a second transaction to record the failure as if it were final.
      if (outage !== undefined) throw outage;
      let committing = false;
      const run: typeof callback = async (...given) => {
        committing = false;
        const result = await callback(...given);
        committing = true;
        return result;
      };
      try {
        return await attempt(() => database.transaction(run, input), ATTEMPTS);
      } catch (error) {
        if (committing && !isTransient(error)) throw atCommit(error);
        throw error;
      }
    },
  };
}
