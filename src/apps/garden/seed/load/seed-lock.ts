import { ProblemError } from '../../../../report/problem.ts';
import type { SeedDatabase } from './seed-database.ts';

/** Only a seed takes this lock, and only one at a time. */
const LOCK = '7203489120774125';

/** Two seeds at once would put in the same rows. The lock goes with the connection, however that ends. */
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
      message: 'another seed fills this database at the moment.',
      context: [database.place],
      fix: 'wait until it has ended; what it did is then there already.',
    });
  }
  try {
    return await work();
  } finally {
    // A connection that is gone has let go of it.
    await database.rows(`select pg_advisory_unlock(${LOCK})`).catch(() => []);
  }
}
