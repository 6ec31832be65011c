import type { ForeignKey } from '../../../model/foreign-key.ts';
import type { SceneTable } from './scene-tables.ts';
import type { DraftRow, RowDrawer, Scene } from './scene.ts';

/** The most rows that foreign keys may add to a scene. */
const MOST_PARENTS = 40;

/**
 * Adds the rows that foreign keys need. Returns false if the rows violate a constraint: a
 * database would never hold them, so they show nothing.
 */
export function completeScene(scene: Scene, table: SceneTable, drawer: RowDrawer): boolean {
  for (let left = MOST_PARENTS; left > 0; left -= 1) {
    const missing = missingParent(scene, table, drawer);
    if (!missing) return isValid(scene, table, drawer);
    const { key, row } = missing;
    const parent = drawer.tables[key.references.table];
    if (!parent) return false;
    const added = drawer.addRow(parent, scene);
    for (const [at, name] of key.columns.entries()) {
      added[key.references.columns[at] ?? ''] = row[name] ?? null;
    }
  }
  return false;
}

/** Whether a database could hold the rows, also after the write. */
export function isValidScene(scene: Scene, table: SceneTable, drawer: RowDrawer): boolean {
  return missingParent(scene, table, drawer) === undefined && isValid(scene, table, drawer);
}

/** All rows with their tables, and the new row of a write. */
function* rowsOf(
  scene: Scene,
  table: SceneTable,
  { tables }: RowDrawer,
): Generator<readonly [SceneTable, DraftRow]> {
  for (const [id, rows] of Object.entries(scene.rows)) {
    const own = tables[id];
    if (own) for (const row of rows) yield [own, row];
  }
  if (!scene.rows[table.id]?.includes(scene.subject)) yield [table, scene.subject];
  if (scene.after) yield [table, scene.after];
}

function missingParent(
  scene: Scene,
  table: SceneTable,
  drawer: RowDrawer,
): { readonly key: ForeignKey; readonly row: DraftRow } | undefined {
  for (const [own, row] of rowsOf(scene, table, drawer)) {
    for (const key of own.foreignKeys) {
      if (key.columns.some((name) => row[name] === null)) continue;
      const { table: target, columns } = key.references;
      const others = target === own.id ? [row] : [];
      const found = [...(scene.rows[target] ?? []), ...others].some((other) =>
        columns.every((name, at) => other[name] === row[key.columns[at] ?? '']),
      );
      if (!found) return { key, row };
    }
  }
  return undefined;
}

function isValid(scene: Scene, table: SceneTable, drawer: RowDrawer): boolean {
  const seen = new Set<string>();
  for (const [own, row] of rowsOf(scene, table, drawer)) {
    for (const [name, column] of own.list) {
      if (!column.holds(row[name] ?? null)) return false;
    }
    // The old row of an update makes room for the new one.
    if (scene.after && row === scene.subject) continue;
    for (const names of own.uniques) {
      const values = names.map((name) => row[name] ?? null);
      if (values.includes(null)) continue;
      const text = `${own.id} ${names.join()} ${values.join('\n')}`;
      if (seen.has(text)) return false;
      seen.add(text);
    }
  }
  return true;
}
