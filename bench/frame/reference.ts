import { convert, type Unit } from './quantity.ts';

/**
 * What a figure is a multiple of, so that targets hold on any machine:
 *
 * - `select 1`: the round trip of that statement on the same connection, the same percentile
 *   of it as of the value;
 * - `node -e 0`: the median of whole processes that do nothing;
 * - `fetch loop`: documents a second that plain `fetch` reads from the same server;
 * - `JSON copy`: `JSON.parse(JSON.stringify(input))` of the input that is measured.
 *
 * Loading is compared with a bare COPY, which is a peer.
 */
export type ReferenceName = 'select 1' | 'node -e 0' | 'fetch loop' | 'JSON copy';

/** A reference, as it was measured in this run. */
export interface Reference {
  readonly name: ReferenceName;
  readonly value: number;
  readonly unit: Unit;
}

/** How many times the reference a value is. */
export function multipleOf(value: number, unit: Unit, reference: Reference): number {
  const converted = convert(value, unit, reference.unit);
  if (converted === undefined || reference.value <= 0) {
    throw new TypeError(
      `a value in ${unit} is no multiple of ${reference.name}, ${reference.value} ${reference.unit}`,
    );
  }
  return converted / reference.value;
}
