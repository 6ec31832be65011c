import fc from 'fast-check';

/** Choices that fast-check makes, taken where they are needed. */
export interface Draw {
  /** One of 0, 1, …, `max`. */
  number(max: number): number;
  /** True in about so many of a hundred cases. */
  percent(share: number): boolean;
  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T;
  /** Between `min` and `max` different ones of a list, in its order. */
  some<T>(list: readonly T[], min: number, max: number): readonly T[];
}

/**
 * An arbitrary from a function that makes its choices as it goes: a rule's next
 * step depends on the table that the last one led to, which combinators say badly.
 */
export function drawn<T>(make: (draw: Draw) => T): fc.Arbitrary<T> {
  // A choice is an index, of which none is an edge: without this, first and last come too often.
  return fc.noBias(fc.gen().map((value) => make(drawFrom((max) => value(upTo(max))))));
}

const builders = new Map<number, () => fc.Arbitrary<number>>();

/** fast-check finds a function without arguments at once, and compares arguments one by one. */
function upTo(max: number): () => fc.Arbitrary<number> {
  const known = builders.get(max) ?? (() => fc.nat(max));
  builders.set(max, known);
  return known;
}

function drawFrom(number: (max: number) => number): Draw {
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new TypeError('nothing to pick from');
    return list[number(list.length - 1)] as T;
  };
  return {
    number,
    pick,
    percent: (share) => number(99) >= 100 - share,
    some(list, min, max) {
      const wanted = min + number(Math.max(0, Math.min(max, list.length) - min));
      const left = [...list.keys()];
      while (left.length > wanted) left.splice(number(left.length - 1), 1);
      return left.map((at) => list[at] as (typeof list)[number]);
    },
  };
}
