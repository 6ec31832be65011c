import { checkDatabase } from './load/check-database.ts';
import { explainRefusal } from './load/explain-refusal.ts';
import { usePglite, type SeedPglite } from './load/pglite-database.ts';
import { openPostgres } from './load/postgres-database.ts';
import type { SeedDatabase } from './load/seed-database.ts';
import { withSeedLock } from './load/seed-lock.ts';
import type { OnSeedProgress, SeedResult } from './progress.ts';
import { seedReal } from './real/seed-real.ts';
import { seedSynthetic } from './synthetic/seed-synthetic.ts';

export interface SeedOptions {
  /** The well-known packages of `seed/data`, and this project's own lockfile. */
  readonly real?: boolean | undefined;
  /** How many synthetic packages the garden shall have, up to five million. */
  readonly packages?: number | undefined;
  /** Another number, another synthetic garden; the same one, the same rows. */
  readonly seed?: number | undefined;
  /** How many versions a synthetic package has on average. */
  readonly versions?: number | undefined;
  /** How many dependencies a synthetic version has on average. */
  readonly dependencies?: number | undefined;
  readonly onProgress?: OnSeedProgress | undefined;
  /** Stops: the transaction that runs is rolled back, and the reason thrown. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fills a garden: with real packages, with synthetic ones, or both. What is there
 * already stays as it is, so a second run changes nothing, and one that follows
 * on a stopped one goes on where that was.
 *
 * @param target a `postgres://` URL, or an open PGlite, which stays open.
 * @example
 * const { rows } = await seed(process.env.DATABASE_URL!, { packages: 100_000 });
 */
export async function seed(
  target: string | SeedPglite,
  options: SeedOptions = {},
): Promise<SeedResult> {
  const started = performance.now();
  const { signal, packages, onProgress = () => {} } = options;
  signal?.throwIfAborted();
  const database =
    typeof target === 'string' ? openPostgres(target, signal) : usePglite(target, signal);
  try {
    await checkDatabase(database);
    const parts = await withSeedLock(database, () =>
      explainRefusal(database, async () => {
        const done = [];
        if (options.real ?? packages === undefined) {
          done.push(await seedReal(database, { onProgress, signal }));
        }
        if (packages !== undefined) {
          const { seed: number = 1, versions = 10, dependencies = 3 } = options;
          done.push(
            await seedSynthetic(database, {
              packages,
              seed: number,
              versions,
              dependencies,
              onProgress,
              signal,
            }),
          );
        }
        if (done.some(({ rows }) => rows > 0)) await countRows(database, onProgress);
        return done;
      }),
    );
    const sum = (pick: (part: (typeof parts)[number]) => number): number =>
      parts.reduce((total, part) => total + pick(part), 0);
    return {
      database: database.place,
      packages: sum((part) => part.packages),
      alreadyThere: sum((part) => part.alreadyThere),
      rows: sum((part) => part.rows),
      milliseconds: performance.now() - started,
    };
  } finally {
    await database.close();
  }
}

/** Fresh statistics, and a map of what every transaction sees, or Postgres plans for an empty garden. */
async function countRows(database: SeedDatabase, onProgress: OnSeedProgress): Promise<void> {
  onProgress({ type: 'analyzing' });
  await database.rows(
    'vacuum (analyze) account, tags, packages, package_versions, package_dependencies, package_tags, package_requests',
  );
}
