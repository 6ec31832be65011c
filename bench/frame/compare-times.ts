import type { Measurement } from './suite.ts';
import { spreadOf, type Sample } from './summarise.ts';
import type { Target } from './target.ts';

/** A row of the medians of two samples, with their spreads. */
export function compareTimes(
  name: string,
  ours: Sample,
  peer: Sample,
  target?: Target,
): Measurement {
  return {
    name,
    value: ours.median,
    unit: 'ns',
    peer: peer.median,
    spread: spreadOf(ours),
    peerSpread: spreadOf(peer),
    ...(target && { target }),
  };
}
