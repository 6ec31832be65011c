import { ProblemError } from '../../../../report/problem.ts';
import { mayPauseTriggers } from '../load/proven-copy.ts';
import type { SeedDatabase } from '../load/seed-database.ts';
import { seedUsers, seedTags } from '../seed-tags.ts';
import type { OnSeedProgress } from '../progress.ts';
import { inLanes } from './in-lanes.ts';
import { chunks, loadChunk, STEPS } from './load-chunk.ts';
import { Random } from './random.ts';
import type { Shape } from './synthetic-dependency.ts';
import { idSalt, lowestId, MAX_PACKAGES, numberOf, SyntheticIds } from './synthetic-id.ts';
import { idBytes, type RowSource } from './synthetic-rows.ts';
import { versionCount } from './synthetic-version.ts';

export interface SyntheticOptions extends Shape {
  /** Seed of the random numbers. */
  readonly seed: number;
  readonly onProgress: OnSeedProgress;
  readonly signal: AbortSignal | undefined;
}

export interface SyntheticResult {
  readonly packages: number;
  readonly alreadyThere: number;
  readonly rows: number;
}

/**
 * Inserts synthetic packages. Each transaction holds about a thousand packages, so the database
 * always contains a complete prefix. The next run continues after the package with the highest id.
 */
export async function seedSynthetic(
  database: SeedDatabase,
  options: SyntheticOptions,
): Promise<SyntheticResult> {
  const { seed, onProgress, signal, packages, versions, dependencies } = options;
  refuseSize(options);
  const alreadyThere = await countPresent(database, options);
  onProgress({ type: 'started', packages, alreadyThere });
  if (alreadyThere >= packages) return { packages: 0, alreadyThere, rows: 0 };
  const { tags, added: first } = await prepare(database);
  const random = new Random(seed);
  const source: RowSource = {
    random,
    ids: new SyntheticIds(random),
    shape: { packages, versions, dependencies },
    tags,
  };
  let rows = first;
  const mayPause = await mayPauseTriggers(database);
  const lanes = mayPause ? database.lanes : 1;
  await inLanes(database, lanes, chunks(alreadyThere, packages), {
    steps: STEPS,
    work: (turn, chunk) => {
      signal?.throwIfAborted();
      return loadChunk(turn, source, chunk, mayPause);
    },
    done: (added, { end }) => {
      rows += added;
      onProgress({ type: 'loaded', packages: end, rows });
    },
  });
  return { packages: packages - alreadyThere, alreadyThere, rows };
}

/** Inserts the accounts and tags that packages reference. */
async function prepare(
  database: SeedDatabase,
): Promise<{ readonly tags: readonly Buffer[]; readonly added: number }> {
  let tags: readonly Buffer[] = [];
  let added = 0;
  await database.transaction(async (tx) => {
    added += await seedUsers(tx);
    const found = await seedTags(tx);
    tags = found.ids.map(idBytes);
    added += found.added;
  });
  return { tags, added };
}

/**
 * Number of packages that already exist. They are inserted in order, so the highest id identifies
 * the last one.
 */
async function countPresent(
  database: SeedDatabase,
  { seed, versions }: SyntheticOptions,
): Promise<number> {
  const last = await database.rows<{ id: string; name: string; versions: string }>(
    `select p.id, p.name, count(v.id)::text as versions
     from (
       select id, name from packages where id >= $1::uuid and id < $2::uuid order by id desc limit 30
     ) as p left join package_versions v on v.package_id = p.id
     group by p.id, p.name order by p.id desc`,
    [lowestId(0), lowestId(MAX_PACKAGES)],
  );
  const [first] = last;
  if (first === undefined) return 0;
  const random = new Random(seed);
  const at = numberOf(first.id);
  const another = (what: string): ProblemError =>
    new ProblemError({
      code: 'seed/another-seed',
      message: `the database contains a synthetic garden with ${what}. Its names would conflict with this one.`,
      context: [database.place, first.name],
      fix: 'use the same numbers as before, or an empty database.',
    });
  if (new SyntheticIds(random).text(idSalt.packages, at) !== first.id) {
    throw another(`a seed number other than ${seed}`);
  }
  // Dependencies reference versions of earlier packages, so those must have the expected number of
  // versions.
  const hasExpectedVersions = last.every(
    (row) => versionCount(random, numberOf(row.id), versions) === Number(row.versions),
  );
  if (!hasExpectedVersions) throw another('another number of versions per package');
  return at + 1;
}

function refuseSize({ packages, versions, dependencies, seed }: SyntheticOptions): void {
  refuseUnless(
    Number.isInteger(packages) && packages >= 0 && packages <= MAX_PACKAGES,
    `the number of packages is ${packages} but must be a whole number from 0 to ${MAX_PACKAGES}.`,
  );
  refuseUnless(
    versions >= 1 && versions <= 100,
    `the mean number of versions is ${versions} but must be from 1 to 100.`,
  );
  refuseUnless(
    dependencies >= 0 && dependencies <= 30,
    `the mean number of dependencies is ${dependencies} but must be from 0 to 30.`,
  );
  refuseUnless(
    Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31,
    `the seed number is ${seed} but must be a whole number from 0 to ${2 ** 31 - 1}.`,
  );
}

function refuseUnless(holds: boolean, message: string): void {
  if (holds) return;
  throw new ProblemError({ code: 'seed/bad-size', message, fix: 'use a number in that range.' });
}
