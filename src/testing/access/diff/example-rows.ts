import type { Rule } from '../../../model/rule.ts';
import type { AskedOperation } from './asked-operations.ts';
import type { FoundChange } from './find-changes.ts';
import { partsOfRule, rulesOfOperation, type RulesVersion } from './rules-version.ts';
import type { SceneTable, SceneTables } from './scene-tables.ts';
import type { DraftRow } from './scene.ts';

/** The columns of a row that matter, by their names in SQL. A moment is ISO text. */
type ExampleRow = Readonly<Record<string, string | number | boolean | null>>;

/** The rows of an example. */
export interface ShownRows {
  /** The row that is read or deleted, the row before an update, or the inserted row. */
  readonly row: ExampleRow;
  /** The columns that an update changes, with their new values. */
  readonly changes?: ExampleRow;
  /** The other rows that the rules read. */
  readonly others: readonly { readonly table: string; readonly row: ExampleRow }[];
}

/** The rows of a scene, with only the key and the columns that the rules read. */
export function showRows(
  { asked: operation, principal, scene }: FoundChange,
  versions: readonly RulesVersion[],
  tables: SceneTables,
): ShownRows {
  const { table: asked, column: only } = operation;
  const read = columnsRead(operation, principal.relations, versions);
  if (only !== undefined) read.get(asked)?.add(only);
  const show = (table: SceneTable, row: DraftRow): ExampleRow =>
    Object.fromEntries(
      Object.entries(table.columns)
        .filter(([name]) => table.key.includes(name) || read.get(table.id)?.has(name))
        .map(([name, { type }]) => {
          const value = row[name] ?? null;
          return [
            name,
            type === 'moment' && value !== null ? new Date(Number(value)).toISOString() : value,
          ];
        }),
    );
  const own = tables[asked] as SceneTable;
  const { subject, after } = scene;
  const others = Object.entries(scene.rows).flatMap(([id, rows]) => {
    const table = tables[id];
    if (!table || !read.has(id)) return [];
    return rows.flatMap((row) => (row === subject ? [] : [{ table: id, row: show(table, row) }]));
  });
  const changed = Object.keys(after ?? {}).filter((name) => after?.[name] !== subject[name]);
  for (const name of changed) read.get(asked)?.add(name);
  const row = show(own, subject);
  const whole = after && show(own, after);
  return {
    row,
    ...(whole && {
      changes: Object.fromEntries(changed.map((name) => [name, whole[name] ?? null])),
    }),
    others,
  };
}

/** The columns that the rules of an operation and the relations of the principal read, by table. */
function columnsRead(
  { table, operation }: AskedOperation,
  relations: readonly Rule[],
  versions: readonly RulesVersion[],
): ReadonlyMap<string, Set<string>> {
  const read = new Map<string, Set<string>>([[table, new Set()]]);
  const add = (id: string, column: string): void => {
    read.set(id, (read.get(id) ?? new Set()).add(column));
  };
  for (const { rules } of versions) {
    for (const rule of [...rulesOfOperation(rules, table, operation), ...relations]) {
      for (const part of partsOfRule(rules, table, rule)) {
        if ('column' in part.rule) add(part.table, part.rule.column);
        if (part.rule.op !== 'exists' && part.rule.op !== 'can') continue;
        for (const pair of part.rule.on) {
          add(part.table, pair.own);
          add(part.rule.table, pair.other);
        }
      }
    }
  }
  return read;
}
