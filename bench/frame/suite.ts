import type { contest } from './contest.ts';
import type { contestProcesses } from './contest-processes.ts';
import type { Machine } from './describe-machine.ts';
import type { Reference } from './reference.ts';
import type { Spread } from './summarise.ts';
import type { Target } from './target.ts';
import type { Unit } from './quantity.ts';

/**
 * One file in `bench/suites/`, named for its suite. It imports what it measures
 * inside `run`, so that `--list` answers before any peer is installed.
 *
 * @example
 * export const suite: Suite = {
 *   name: 'sorting',
 *   summary: 'our sort against the built-in one',
 *   async *run({ contest }) {
 *     const { ours } = await import('./sorting/ours.ts');
 *     const times = await contest({ ours: () => ours(rows), builtIn: () => rows.toSorted() });
 *     yield compareTimes('sort 1,000 rows', times.ours, times.builtIn, 'at most 1.1');
 *   },
 * };
 */
export interface Suite {
  readonly name: string;
  /** One line, for `--list`. */
  readonly summary: string;
  run(context: Context): AsyncIterable<Measurement>;
}

/** What the frame hands to a suite. */
export interface Context {
  readonly machine: Machine;
  /** The repository's root, absolute. */
  readonly root: string;
  /** Aborts on Ctrl-C. Contests obey it by themselves; long set-up should look at it. */
  readonly signal: AbortSignal;
  /** `--runs`: already the default of both contests. Undefined when the person gave none. */
  readonly runs: number | undefined;
  readonly contest: typeof contest;
  readonly contestProcesses: typeof contestProcesses;
  /** Says on stderr what is being done. */
  readonly progress: (text: string) => void;
}

/** What a suite yields. The frame works out the ratio and whether the target holds. */
export interface Measurement {
  readonly name: string;
  /** Null when it cannot be measured here, memory outside Linux for example. */
  readonly value: number | null;
  readonly unit: Unit;
  readonly peer?: number | null;
  /** Measured in the same run; a target may bound the multiple of it that the value is. */
  readonly reference?: Reference;
  readonly target?: Target;
  readonly spread?: Spread;
  readonly peerSpread?: Spread;
}

/** A judged measurement: what `--json` prints, one a line. */
export interface Row {
  readonly suite: string;
  readonly name: string;
  readonly value: number | null;
  readonly unit: Unit;
  readonly peer: number | null;
  /** `value / peer`. */
  readonly ratio: number | null;
  readonly reference: Reference | null;
  /** `value / reference`. */
  readonly multiple: number | null;
  readonly target: Target | null;
  readonly holds: boolean | null;
  readonly spread?: Spread;
  readonly peerSpread?: Spread;
}
