import type { Claims } from '../../model/rule.ts';
import type { Answer } from './answer-reading.ts';
import type { Attempt, Reading, World } from './world.ts';

/**
 * An enforcer of the rules. It enters a world, answers readings and writes of each
 * principal, and leaves the world. An error counts as its answer.
 */
export interface Enforcer {
  readonly name: string;
  enter(world: World): Promise<EnteredWorld>;
}

export interface EnteredWorld {
  /** The result of each reading. Absent for an enforcer that only checks writes. */
  read?(claims: Claims, readings: readonly Reading[]): Promise<readonly Answer[]>;
  /** Whether each attempt would be allowed on its own. None may have a lasting effect. */
  write?(claims: Claims, attempts: readonly Attempt[]): Promise<readonly (Verdict | Error)[]>;
  leave(): Promise<void>;
}

/** `unasked`: the enforcer cannot express the attempt, such as a changed key in Zero. */
export type Verdict = 'allowed' | 'denied' | 'unasked';
