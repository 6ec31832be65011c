import { ProblemError } from '../../report/problem.ts';

interface Lacking {
  /** The database, without a password. */
  readonly place?: string;
  readonly cause?: unknown;
}

/** The problem of a database without the garden, or with one that is not up to date. */
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
