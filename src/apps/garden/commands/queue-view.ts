import type { Recovered } from '../queue/hold.ts';
import type { RegistryState } from '../queue/queue-state.ts';

/** Result of the command. */
export interface QueueView {
  readonly recovered: Recovered | undefined;
  readonly pruned: number | undefined;
  readonly registries: readonly RegistryState[];
}
