import type { KeyRing } from './key-ring.ts';
import { newKey } from './new-key.ts';
import { unlockRing } from './open-key-ring.ts';
import type { RingEntry } from './ring-text.ts';

/** New keys; each has another day in its id. */
export const newEntries = async (count: number): Promise<[RingEntry, ...RingEntry[]]> => {
  const [first, ...others] = await Promise.all(
    Array.from({ length: count }, (_, at) =>
      newKey(undefined, new Date(Date.UTC(2026, 0, at + 1))),
    ),
  );
  return [first!, ...others];
};

export const ringOf = (entries: readonly [RingEntry, ...RingEntry[]]): Promise<KeyRing> =>
  unlockRing({ entries, file: undefined, source: 'the test' }, undefined);

/** A ring with one new key. */
export const newRing = async (): Promise<KeyRing> => ringOf(await newEntries(1));
