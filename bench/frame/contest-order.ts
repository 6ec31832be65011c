/**
 * Who goes first changes each round: whoever always followed the same rival would
 * always measure with that rival's garbage on the heap and its data in the cache.
 *
 * @example
 * contestOrder(['a', 'b'], 0) // ['a', 'b']
 * contestOrder(['a', 'b'], 1) // ['b', 'a']
 */
export function contestOrder<Name extends string>(names: readonly Name[], round: number): Name[] {
  const first = names.length === 0 ? 0 : round % names.length;
  return [...names.slice(first), ...names.slice(0, first)];
}
