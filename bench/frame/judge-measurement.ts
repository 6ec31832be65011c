import { multipleOf } from './reference.ts';
import type { Measurement, Row } from './suite.ts';
import { holdsTarget } from './target.ts';

/**
 * Completes a measurement of a suite. A ratio target without a peer could never be missed, so it is
 * rejected.
 */
export function judgeMeasurement(suite: string, measurement: Measurement): Row {
  const { name, value, unit, peer = null, target = null, reference = null } = measurement;
  const { spread, peerSpread } = measurement;
  if (target !== null && measurement.peer === undefined && /^at \w+ [\d.]+$/.test(target)) {
    throw new TypeError(`"${name}" has the target "${target}" for its ratio but no peer`);
  }
  const ratio = value === null || peer === null || peer === 0 ? null : value / peer;
  return {
    suite,
    name,
    value,
    unit,
    peer,
    ratio,
    reference,
    multiple: value === null || reference === null ? null : multipleOf(value, unit, reference),
    target,
    holds: target === null ? null : holdsTarget(target, { value, unit, ratio, reference }),
    ...(spread && { spread }),
    ...(peerSpread && { peerSpread }),
  };
}
