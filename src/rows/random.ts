/** Pseudo-random numbers that depend only on the seed: the same on every machine. */
export interface Random {
  /** A whole number from 0 to `end` - 1. */
  below(end: number): number;
  pick<Item>(list: readonly [Item, ...Item[]] | readonly Item[]): Item;
}

/** A generator (mulberry32) that is seeded with the parts: a seed, a table, a column, … */
export function seededRandom(...parts: readonly (string | number)[]): Random {
  let state = hash(parts.join('\u0000'));
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * end);
  };
  return {
    below,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('an empty list has nothing to pick');
      return list[below(list.length)] as (typeof list)[number];
    },
  };
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  return value;
}
