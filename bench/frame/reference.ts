import { convert, type Unit } from './quantity.ts';

/**
 * Reference for a multiple, so that targets hold on any machine:
 *
 * - `select 1`: the round trip of that statement on the same connection, at the same percentile as
 *   the value;
 * - `node -e 0`: the median of processes that do nothing;
 * - `fetch loop`: documents per second that plain `fetch` reads from the same server;
 * - `JSON copy`: `JSON.parse(JSON.stringify(input))` of the measured input.
 *
 * Loading is compared with a bare COPY, which is a peer instead.
 */
export type ReferenceName = 'select 1' | 'node -e 0' | 'fetch loop' | 'JSON copy';

/** A reference measured in this run. */
export interface Reference {
  readonly name: ReferenceName;
  readonly value: number;
  readonly unit: Unit;
}

/** The value divided by the reference. */
export function multipleOf(value: number, unit: Unit, reference: Reference): number {
  const converted = convert(value, unit, reference.unit);
  if (converted === undefined || reference.value <= 0) {
    throw new TypeError(
      `a value in ${unit} cannot be expressed as a multiple of ${reference.name}, ${reference.value} ${reference.unit}`,
    );
  }
  return converted / reference.value;
}
