import { ProblemError } from '../../../../report/problem.ts';
import { mayPauseTriggers } from '../load/proven-copy.ts';
import type { SeedDatabase } from '../load/seed-database.ts';
import { seedPeople, seedTags } from '../seed-tags.ts';
import type { OnSeedProgress } from '../progress.ts';
import { inLanes } from './in-lanes.ts';
import { chunks, loadChunk, STEPS } from './load-chunk.ts';
import { Random } from './random.ts';
import type { Shape } from './synthetic-dependency.ts';
import { idSalt, lowestId, MAX_PACKAGES, numberOf, SyntheticIds } from './synthetic-id.ts';
import { idBytes, type RowSource } from './synthetic-rows.ts';
import { versionCount } from './synthetic-version.ts';

export interface SyntheticOptions extends Shape {
  /** Another number, another garden. */
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
 * Fills the garden with synthetic packages. Each thousand is one transaction, so
 * what stands in the database is always whole packages, the first ones; the next
 * run sees where to go on by the highest of them.
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

/** People and tags, which packages lead to. */
async function prepare(
  database: SeedDatabase,
): Promise<{ readonly tags: readonly Buffer[]; readonly added: number }> {
  let tags: readonly Buffer[] = [];
  let added = 0;
  await database.transaction(async (tx) => {
    added += await seedPeople(tx);
    const found = await seedTags(tx);
    tags = found.ids.map(idBytes);
    added += found.added;
  });
  return { tags, added };
}

/**
 * How many of the packages are in. They went in from the first on, and the
 * highest id tells which was the last.
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
      message: `the database holds a synthetic garden that was made with ${what}; the two would meet in their names.`,
      context: [database.place, first.name],
      fix: 'give the numbers that it was made with, or use an empty database.',
    });
  if (new SyntheticIds(random).text(idSalt.packages, at) !== first.id) {
    throw another(`another seed number than ${seed}`);
  }
  // Dependencies point at versions of earlier packages: those must be as many as we think.
  const asWeThink = last.every(
    (row) => versionCount(random, numberOf(row.id), versions) === Number(row.versions),
  );
  if (!asWeThink) throw another('another number of versions a package');
  return at + 1;
}

function refuseSize({ packages, versions, dependencies, seed }: SyntheticOptions): void {
  refuseUnless(
    Number.isInteger(packages) && packages >= 0 && packages <= MAX_PACKAGES,
    `the number of packages is ${packages}, and must be a whole number from 0 to ${MAX_PACKAGES}.`,
  );
  refuseUnless(
    versions >= 1 && versions <= 100,
    `the mean number of versions is ${versions}, and must be from 1 to 100.`,
  );
  refuseUnless(
    dependencies >= 0 && dependencies <= 30,
    `the mean number of dependencies is ${dependencies}, and must be from 0 to 30.`,
  );
  refuseUnless(
    Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31,
    `the seed number is ${seed}, and must be a whole number from 0 to ${2 ** 31 - 1}.`,
  );
}

function refuseUnless(holds: boolean, message: string): void {
  if (holds) return;
  throw new ProblemError({ code: 'seed/bad-size', message, fix: 'give a number in that range.' });
}
