import { contest } from './contest.ts';
import { contestProcesses } from './contest-processes.ts';
import type { Machine } from './describe-machine.ts';
import type { Context } from './suite.ts';

export interface ContextOptions {
  readonly machine: Machine;
  readonly root: string;
  readonly signal: AbortSignal;
  readonly runs: number | undefined;
  readonly peerSuites: string | undefined;
  readonly progress: (text: string) => void;
}

/**
 * Creates the context of a suite: contests get the abort signal, and `--runs` overrides
 * their rounds.
 */
export function createContext(options: ContextOptions): Context {
  const { runs, signal } = options;
  const forced = { signal, ...(runs !== undefined && { rounds: runs }) };
  return {
    ...options,
    contest: (contestants, own) => contest(contestants, { ...own, ...forced }),
    contestProcesses: (contestants, own) => contestProcesses(contestants, { ...own, ...forced }),
  };
}
