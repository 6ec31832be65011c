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
  /** Seed the well-known packages of `seed/data` and this project's lockfile. */
  readonly real?: boolean | undefined;
  /** Total number of synthetic packages, up to five million. */
  readonly packages?: number | undefined;
  /** Seed of the random numbers. The same seed produces the same rows. */
  readonly seed?: number | undefined;
  /** Mean number of versions per synthetic package. */
  readonly versions?: number | undefined;
  /** Mean number of dependencies per synthetic version. */
  readonly dependencies?: number | undefined;
  readonly onProgress?: OnSeedProgress | undefined;
  /** Aborts the seed. The running transaction is rolled back and the reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fills a garden with real packages, synthetic packages, or both. Existing rows are kept,
 * so a second run changes nothing, and a run after an aborted one continues where that
 * stopped.
 *
 * @param target a `postgres://` URL, or an open PGlite instance, which is not closed.
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

/**
 * Updates the statistics and the visibility map. Without them, Postgres would plan for empty
 * tables.
 */
async function countRows(database: SeedDatabase, onProgress: OnSeedProgress): Promise<void> {
  onProgress({ type: 'analyzing' });
  await database.rows(
    'vacuum (analyze) account, tags, packages, package_versions, package_dependencies, package_tags, package_requests',
  );
}
