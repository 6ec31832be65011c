import type { Recovered, RegistryState } from '../queue/index.ts';

/** What the command found and did. */
export interface QueueView {
  readonly recovered: Recovered | undefined;
  readonly pruned: number | undefined;
  readonly registries: readonly RegistryState[];
}
