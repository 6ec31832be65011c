/**
 * The first contestant changes each round. Otherwise a contestant would always run with the
 * heap garbage and cache contents of the same rival.
 *
 * @example
 * contestOrder(['a', 'b'], 0) // ['a', 'b']
 * contestOrder(['a', 'b'], 1) // ['b', 'a']
 */
export function contestOrder<Name extends string>(names: readonly Name[], round: number): Name[] {
  const first = names.length === 0 ? 0 : round % names.length;
  return [...names.slice(first), ...names.slice(0, first)];
}
