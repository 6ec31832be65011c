/** The renamed object: a column of a table, or a table. */
export type Renamed = { readonly column: string; readonly of: string } | { readonly table: string };

/** A parse tree after a rename, as Postgres updates it in checks and policies. */
export function renameInTree<Tree>(tree: Tree, from: Renamed, to: string): Tree {
  return change(tree, from, to) as Tree;
}

function change(tree: unknown, from: Renamed, to: string): unknown {
  if (Array.isArray(tree)) return tree.map((part) => change(part, from, to));
  if (typeof tree !== 'object' || tree === null) return tree;
  const node = Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [key, change(value, from, to)]),
  );
  if ('table' in from) {
    if (node['relname'] === from.table) return { ...node, relname: to };
    return renameField(node, (_, at, { length }) => at < length - 1, from.table, to);
  }
  return renameField(
    node,
    // A column of another row, in a subquery, is qualified by that row's name.
    (_, at, all) => at === all.length - 1 && (at === 0 || all[at - 1]?.String?.sval === from.of),
    from.column,
    to,
  );
}

type Field = { readonly String?: { readonly sval?: string } };

/** The fields of a column reference, `"packages"."name"`: the last one is the column. */
function renameField(
  node: Readonly<Record<string, unknown>>,
  isMeant: (field: Field, at: number, all: readonly Field[]) => boolean,
  from: string,
  to: string,
): unknown {
  const { ColumnRef: reference } = node as { ColumnRef?: { readonly fields?: readonly Field[] } };
  if (!reference?.fields) return node;
  const fields = reference.fields.map((field, at, all) =>
    isMeant(field, at, all) && field.String?.sval === from ? { String: { sval: to } } : field,
  );
  return { ...node, ColumnRef: { ...reference, fields } };
}
