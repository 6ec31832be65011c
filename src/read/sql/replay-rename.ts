import { renameInTree } from './rename-in-tree.ts';
import { renameInGrants } from './replay-grant.ts';
import {
  keyOf,
  tableKey,
  tableOf,
  type Named,
  type Replayed,
  type ReplayedTable,
} from './replayed.ts';
import type { Statement } from './open-parser.ts';

/** Applies ALTER … RENAME to a table, a column, a check, a policy or a trigger. */
export function replayRename(
  state: Replayed,
  statement: Extract<Statement, { RenameStmt: unknown }>['RenameStmt'],
): void {
  const { renameType, relation, subname = '', newname = '' } = statement;
  if (!relation) return;
  if (/^OBJECT_(?:TABLE|VIEW|MATVIEW)$/.test(renameType ?? '')) {
    moveTable(state, relation, newname, relation.schemaname);
    return;
  }
  const table = tableOf(state, relation);
  switch (renameType) {
    case 'OBJECT_TABCONSTRAINT':
      renameKey(table.checks, subname, newname);
      break;
    case 'OBJECT_POLICY':
      renameKey(table.policies, subname, newname);
      break;
    case 'OBJECT_TRIGGER':
      renameKey(table.triggers, subname, newname);
      break;
    case 'OBJECT_COLUMN': {
      const from = { column: subname, of: relation.relname ?? '' };
      rewrite(table, (tree) => renameInTree(tree, from, newname));
      renameKey(table.comments, subname, newname);
      renameInGrants(table.grants, subname, newname);
      break;
    }
    default:
  }
}

/** Policies of other tables may also refer to the table. */
export function moveTable(
  state: Replayed,
  relation: Named,
  name: string,
  schema: string | undefined,
): void {
  const table = tableOf(state, relation);
  state.tables.delete(keyOf(relation));
  state.tables.set(tableKey(name, schema), table);
  for (const each of state.tables.values()) {
    rewrite(each, (tree) => renameInTree(tree, { table: relation.relname ?? '' }, name));
  }
}

function rewrite(table: ReplayedTable, change: <Tree>(tree: Tree) => Tree): void {
  for (const [name, { tree, file }] of table.checks) {
    table.checks.set(name, { tree: change(tree), file });
  }
  for (const [name, { tree, file }] of table.policies) {
    table.policies.set(name, { tree: change(tree), file });
  }
}

function renameKey<Value>(map: Map<string, Value>, from: string, to: string): void {
  const value = map.get(from);
  if (value === undefined) return;
  map.delete(from);
  map.set(to, value);
}
