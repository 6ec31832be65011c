import type { Claims } from '../../model/rule.ts';
import type { Answer } from './answer-reading.ts';
import type { Attempt, Reading, World } from './world.ts';

/**
 * One of the places that enforce the rules. It is shown a world, asked about it
 * for each principal, and then left alone. What it throws counts as its answer.
 */
export interface Enforcer {
  readonly name: string;
  enter(world: World): Promise<EnteredWorld>;
}

export interface EnteredWorld {
  /** What each reading gives. Left out by an enforcer that only judges writes. */
  read?(claims: Claims, readings: readonly Reading[]): Promise<readonly Answer[]>;
  /** Whether each attempt would pass, each by itself; none may leave a trace. */
  write?(claims: Claims, attempts: readonly Attempt[]): Promise<readonly (Verdict | Error)[]>;
  leave(): Promise<void>;
}

/** `unasked`: there are no words for this attempt here, such as a changed key in Zero. */
export type Verdict = 'allowed' | 'denied' | 'unasked';
