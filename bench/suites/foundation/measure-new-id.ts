import { v7 } from 'uuid';
import { uuidv7 } from 'uuidv7';
import { newId } from '../../../src/kit/id.ts';
import { compareTimes } from '../../frame/compare-times.ts';
import type { Context, Measurement } from '../../frame/suite.ts';

/** An id is made for every row on the client; it must not cost more than a well-known package's. */
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
    // Only the faster of the two is the mark.
    const target = peer === faster ? 'at most 1.2' : undefined;
    yield compareTimes(`newId() / v7 of ${peer}`, times.newId, times[peer], target);
  }
  // Version 4, in native code and without a clock: for scale, not a mark.
  yield compareTimes('newId() / crypto.randomUUID()', times.newId, times.randomUUID);
}
