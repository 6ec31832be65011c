import type { contest } from './contest.ts';
import type { contestProcesses } from './contest-processes.ts';
import type { Machine } from './describe-machine.ts';
import type { Reference } from './reference.ts';
import type { Spread } from './summarise.ts';
import type { Target } from './target.ts';
import type { Unit } from './quantity.ts';

/**
 * One file in `bench/suites/` with the name of its suite. It imports its code inside
 * `run`, so that `--list` works before the peers are installed.
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
  /** One line for `--list`. */
  readonly summary: string;
  run(context: Context): AsyncIterable<Measurement>;
}

/** Argument of a suite's `run`. */
export interface Context {
  readonly machine: Machine;
  /** Absolute path of the repository root. */
  readonly root: string;
  /** Aborts on Ctrl-C. Contests check it themselves; long set-up code should check it too. */
  readonly signal: AbortSignal;
  /** Value of `--runs`, which contests already use as default. Undefined if not set. */
  readonly runs: number | undefined;
  /** Value of `--peer-suites`. */
  readonly peerSuites: string | undefined;
  readonly contest: typeof contest;
  readonly contestProcesses: typeof contestProcesses;
  /** Prints progress on stderr. */
  readonly progress: (text: string) => void;
}

/** A measurement of a suite. The frame computes the ratio and judges the target. */
export interface Measurement {
  readonly name: string;
  /** Null if it cannot be measured here, for example memory outside Linux. */
  readonly value: number | null;
  readonly unit: Unit;
  readonly peer?: number | null;
  /** Measured in the same run. A target can bound the value as a multiple of it. */
  readonly reference?: Reference;
  readonly target?: Target;
  readonly spread?: Spread;
  readonly peerSpread?: Spread;
}

/** A judged measurement. `--json` prints one per line. */
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
