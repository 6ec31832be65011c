import fc from 'fast-check';

/** Random choices from fast-check. */
export interface Draw {
  /** One of 0, 1, …, `max`. */
  number(max: number): number;
  /** True with this probability in percent. */
  percent(share: number): boolean;
  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T;
  /** Between `min` and `max` distinct items of a list, in its order. */
  some<T>(list: readonly T[], min: number, max: number): readonly T[];
  /** The list in random order. */
  shuffle<T>(list: readonly T[]): readonly T[];
}

/**
 * An arbitrary from a function that draws choices step by step: the next step of a rule
 * depends on the table of the last one, which is hard to express with combinators.
 */
export function drawn<T>(make: (draw: Draw) => T): fc.Arbitrary<T> {
  // Choices are indexes, for which fast-check's bias to edge values would prefer the first and last.
  return fc.noBias(fc.gen().map((value) => make(drawFrom((max) => value(upTo(max))))));
}

const builders = new Map<number, () => fc.Arbitrary<number>>();

/** fast-check looks up builders without arguments fast, but compares arguments one by one. */
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
    shuffle(list) {
      const left = [...list];
      return list.map(() => left.splice(number(left.length - 1), 1)[0] as (typeof list)[number]);
    },
  };
}
