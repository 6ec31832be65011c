import type { ProcessSample } from './contest-processes.ts';
import type { Measurement } from './suite.ts';
import { spreadOf } from './summarise.ts';
import type { Target } from './target.ts';

/**
 * A row of peak memory, for the largest process on each side. Empty if memory cannot be measured.
 */
export function compareMemory(
  name: string,
  ours: ProcessSample,
  peer: ProcessSample,
  target?: Target,
): Measurement {
  return {
    name,
    value: ours.memory?.median ?? null,
    unit: 'B',
    peer: peer.memory?.median ?? null,
    ...(ours.memory && { spread: spreadOf(ours.memory) }),
    ...(peer.memory && { peerSpread: spreadOf(peer.memory) }),
    ...(target && { target }),
  };
}
