import { ProblemError } from '../../report/problem.ts';

interface Lacking {
  /** The database, without a password. */
  readonly place?: string;
  readonly cause?: unknown;
}

/** Error for a database without the garden's tables, or with an outdated schema. */
export const notMigrated = (lacks: string, { place, cause }: Lacking = {}): ProblemError =>
  new ProblemError(
    {
      code: 'database/not-migrated',
      message: `the database has not been migrated: it lacks ${lacks}.`,
      ...(place !== undefined && { context: [place] }),
      fix: 'run `garden migrate --app garden` first, with the same database.',
    },
    { cause },
  );
