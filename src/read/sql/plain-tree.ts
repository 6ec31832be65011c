/** Where a node stands in its text; two texts that mean the same differ in it. */
const PLACES: ReadonlySet<string> = new Set([
  'location',
  'name_location',
  'stmt_location',
  'stmt_len',
  'list_start',
  'list_end',
  'rexpr_list_start',
  'rexpr_list_end',
]);

/** A part of a statement without places, as text: equal where the parts mean the same. */
export function plainTree(tree: unknown): string {
  return JSON.stringify(tree, (key, value: unknown) => (PLACES.has(key) ? undefined : value));
}

/** Every object in a tree, the tree itself first. */
export function* nodesIn(tree: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof tree !== 'object' || tree === null) return;
  if (!Array.isArray(tree)) yield tree as Readonly<Record<string, unknown>>;
  for (const value of Object.values(tree)) yield* nodesIn(value);
}
