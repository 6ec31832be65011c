import { ProblemError } from '../../../../report/problem.ts';
import type { SeedDatabase } from './seed-database.ts';

/** Advisory lock that all seeds share. */
const LOCK = '7203489120774125';

/**
 * Prevents concurrent seeds, which would insert the same rows. The lock ends with the connection.
 */
export async function withSeedLock<Result>(
  database: SeedDatabase,
  work: () => Promise<Result>,
): Promise<Result> {
  const [lock] = await database.rows<{ got: boolean }>(
    `select pg_try_advisory_lock(${LOCK}) as got`,
  );
  if (!lock?.got) {
    throw new ProblemError({
      code: 'seed/running',
      message: 'another seed is running on this database.',
      context: [database.place],
      fix: 'wait until it has finished, then run this one again. It keeps the existing rows.',
    });
  }
  try {
    return await work();
  } finally {
    // A closed connection has already released the lock.
    await database.rows(`select pg_advisory_unlock(${LOCK})`).catch(() => []);
  }
}
