/** The columns of a rollup that a percentile needs. */
export interface Distribution {
  readonly histogram: readonly number[];
  /** Narrows the first and the last part of the bounds. */
  readonly min?: number | null;
  readonly max?: number | null;
}

/**
 * A percentile from the histogram of a rollup. The exact value, as `percentile_disc` of Postgres
 * computes it from all events, lies between the same two bounds. NULL without values.
 *
 * @example
 * const bounds = [10, 100, 1000];
 * percentileOf({ histogram: [90, 9, 1, 0], min: 2, max: 640 }, bounds, 0.95); // 55
 */
export function percentileOf(
  { histogram, min, max }: Distribution,
  bounds: readonly number[],
  fraction: number,
): number | null {
  if (histogram.length !== bounds.length + 1) {
    throw new RangeError(
      `a histogram of ${histogram.length} numbers does not belong to ${bounds.length} bounds`,
    );
  }
  if (!(fraction >= 0 && fraction <= 1)) {
    throw new RangeError(`the fraction is ${fraction}, but it has to be from 0 to 1`);
  }
  const count = histogram.reduce((sum, part) => sum + part, 0);
  if (count === 0) return null;
  const rank = Math.max(1, Math.ceil(fraction * count));
  let before = 0;
  const at = histogram.findIndex((part) => {
    before += part;
    return before >= rank;
  });
  const inPart = histogram[at] ?? 1;
  const low = Math.max(bounds[at - 1] ?? -Infinity, min ?? -Infinity);
  const high = Math.min((bounds[at] ?? Infinity) - 1, max ?? Infinity);
  // Without a minimum or maximum, an open part is only known by its bound.
  if (!Number.isFinite(low)) return Number.isFinite(high) ? high : null;
  if (!Number.isFinite(high)) return low;
  if (inPart === 1) return Math.round((low + high) / 2);
  const place = (rank - (before - inPart) - 1) / (inPart - 1);
  return Math.round(low + (high - low) * place);
}

/** Adds histograms of the same bounds. */
export const addHistograms = (histograms: readonly (readonly number[])[]): readonly number[] =>
  (histograms[0] ?? []).map((_, at) =>
    histograms.reduce((sum, histogram) => sum + (histogram[at] ?? 0), 0),
  );
