/** Fields with the position of a node in its text, which differ between equivalent texts. */
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

/** Part of a statement without positions, as text: equal for equivalent parts. */
export function plainTree(tree: unknown): string {
  return JSON.stringify(tree, (key, value: unknown) => (PLACES.has(key) ? undefined : value));
}

/** Every object in a tree, starting with the tree itself. */
export function* nodesIn(tree: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof tree !== 'object' || tree === null) return;
  if (!Array.isArray(tree)) yield tree as Readonly<Record<string, unknown>>;
  for (const value of Object.values(tree)) yield* nodesIn(value);
}
