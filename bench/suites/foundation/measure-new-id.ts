import { v7 } from 'uuid';
import { uuidv7 } from 'uuidv7';
import { newId } from '../../../src/kit/id.ts';
import { compareTimes } from '../../frame/compare-times.ts';
import type { Context, Measurement } from '../../frame/suite.ts';

/** Clients create an id for every row, so it must not cost more than with a well-known package. */
export async function* measureNewId({
  contest,
  progress,
}: Context): AsyncGenerator<Measurement, void> {
  progress('ids');
  const times = await contest({
    newId: () => newId(),
    uuid: () => v7(),
    uuidv7: () => uuidv7(),
    randomUUID: () => crypto.randomUUID(),
  });
  const faster = times.uuid.median < times.uuidv7.median ? 'uuid' : 'uuidv7';
  for (const peer of ['uuid', 'uuidv7'] as const) {
    // The target applies to the faster of the two.
    const target = peer === faster ? 'at most 1.2' : undefined;
    yield compareTimes(`newId() / v7 of ${peer}`, times.newId, times[peer], target);
  }
  // Version 4, in native code and without a clock. For comparison only.
  yield compareTimes('newId() / crypto.randomUUID()', times.newId, times.randomUUID);
}
