import {
  MCP_ROLE,
  searchPackages,
  type FoundPackage,
  type PackageSearch,
} from '../../../src/apps/mcp/server/index.ts';
import { asPrincipal } from '../../../src/server.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { summarise } from '../../frame/summarise.ts';
import type { Target } from '../../frame/target.ts';
import { ownSearches, widerSearches } from './searches.ts';
import type { LoadedPackages, Packages, Sample } from './with-packages.ts';

const RUNS = 400;
const WARM = 20;

/**
 * The target was 5 ms on the machine of REPORT.md, where the p99 of `select 1` is 144 µs: see
 * queries/measure-queries.ts.
 */
const SEARCH: Target = 'at most 34 × select 1';

/** Runs a search as its user, in a transaction as a server does. */
const run = ({ db }: Packages, user: string, search: PackageSearch) =>
  asPrincipal(db, { role: MCP_ROLE, claims: { sub: user } }, (tx) => searchPackages(tx, search));

/** Each search in both databases in turn, with other arguments each time. */
export async function* measureSearches(
  { progress, signal }: Context,
  { small, big }: LoadedPackages,
): AsyncGenerator<Measurement, void> {
  for (const [scope, searches] of [
    ['mine', ownSearches],
    ['all', widerSearches],
  ] as const) {
    for (const [name, search] of Object.entries(searches)) {
      signal.throwIfAborted();
      progress(`${scope}: ${name}`);
      yield* measureSearch(`${scope}: ${name}`, search, small, big);
    }
  }
  yield* measureSearch('mine: the page after a row', nextPage(), small, big);
}

/** The second page of the user's packages. Its first page is another search, before the clock. */
const nextPage = () => async (sample: Sample, packages: Packages) => {
  const first = await run(packages, sample.user, {});
  return { after: first.at(-1) as FoundPackage };
};

async function* measureSearch(
  name: string,
  search: (sample: Sample, packages: Packages) => PackageSearch | Promise<PackageSearch>,
  small: Packages,
  big: Packages,
): AsyncGenerator<Measurement, void> {
  const times = { small: [] as number[], big: [] as number[], reference: [] as number[] };
  let found = 0;
  const clock = async (packages: Packages, list: number[], round: number): Promise<void> => {
    const sample = packages.samples[(round + WARM) % packages.samples.length]!;
    const asked = await search(sample, packages);
    const start = process.hrtime.bigint();
    const rows = await run(packages, sample.user, asked);
    if (round < 0) return;
    list.push(Number(process.hrtime.bigint() - start));
    found += rows.length;
  };
  for (let round = -WARM; round < RUNS; round += 1) {
    await clock(small, times.small, round);
    await clock(big, times.big, round);
    const start = process.hrtime.bigint();
    await big.sql`select 1`;
    if (round >= 0) times.reference.push(Number(process.hrtime.bigint() - start));
  }
  if (found === 0) throw new Error(`no search found a row: ${name}`);
  yield {
    name: `${name}: p99`,
    value: p99Of(times.big),
    unit: 'ns',
    reference: { name: 'select 1', value: p99Of(times.reference), unit: 'ns' },
    target: SEARCH,
  };
  yield {
    name: `${name}: 200,000 packages / 20,000`,
    value: summarise(times.big).median,
    unit: 'ns',
    peer: summarise(times.small).median,
    target: 'at most 1.5',
  };
}

const p99Of = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)]!;
