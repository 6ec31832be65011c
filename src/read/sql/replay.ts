import type { AlterPolicyStmt, AlterTableStmt, CreatePolicyStmt, CreateStmt } from 'libpg-query';
import type { Statement } from './open-parser.ts';
import { renameInTree } from './rename-in-tree.ts';

/** The state of a table after migrations, as far as it concerns access and checks. */
export interface ReplayedTable {
  /** Its CREATE TABLE was replayed, so its state is completely known. */
  readonly created: boolean;
  /** The conditions of its checks as parse trees, by name. */
  readonly checks: Map<string, Written<unknown>>;
  readonly policies: Map<string, Written<CreatePolicyStmt>>;
  rowSecurity: boolean;
  forced: boolean;
}

/** Part of a statement, and the file that last defined it. */
interface Written<Tree> {
  readonly tree: Tree;
  readonly file: string;
}

/** The state after migrations, by {@link tableKey}. Anonymous blocks are not parsed. */
export type Replayed = Map<string, ReplayedTable>;

/** A key that is unique for each table, whatever characters its name contains. */
const tableKey = (name: string | undefined, schema: string | undefined): string =>
  JSON.stringify([schema ?? 'public', name]);

/** Applies one statement of a file to the state. */
export function replay(state: Replayed, statement: Statement, file: string): void {
  if ('CreateStmt' in statement) createTable(state, statement.CreateStmt, file);
  else if ('AlterTableStmt' in statement) alterTable(state, statement.AlterTableStmt, file);
  else if ('CreatePolicyStmt' in statement) {
    const { table, policy_name: name = '' } = statement.CreatePolicyStmt;
    tableOf(state, table).policies.set(name, { tree: statement.CreatePolicyStmt, file });
  } else if ('AlterPolicyStmt' in statement) alterPolicy(state, statement.AlterPolicyStmt, file);
  else if ('DropStmt' in statement) drop(state, statement.DropStmt);
  else if ('RenameStmt' in statement) renameThing(state, statement.RenameStmt);
  else if ('AlterObjectSchemaStmt' in statement) {
    const { relation, newschema = '' } = statement.AlterObjectSchemaStmt;
    if (relation) moveTable(state, relation, relation.relname ?? '', newschema);
  }
}

interface Named {
  readonly relname?: string;
  readonly schemaname?: string;
}

const keyOf = ({ relname, schemaname }: Named): string => tableKey(relname, schemaname);

const blank = (created: boolean): ReplayedTable => ({
  created,
  checks: new Map(),
  policies: new Map(),
  rowSecurity: false,
  forced: false,
});

function tableOf(state: Replayed, relation: Named = {}): ReplayedTable {
  const key = keyOf(relation);
  const table = state.get(key) ?? blank(false);
  state.set(key, table);
  return table;
}

function createTable(
  state: Replayed,
  { relation, tableElts = [], if_not_exists }: CreateStmt,
  file: string,
): void {
  if (!relation || (if_not_exists === true && state.has(keyOf(relation)))) return;
  const table = blank(true);
  state.set(keyOf(relation), table);
  for (const element of tableElts) addConstraint(table, element, file);
}

function addConstraint(table: ReplayedTable, element: Statement | undefined, file: string): void {
  if (!element || !('Constraint' in element)) return;
  const { contype, conname, raw_expr: tree } = element.Constraint;
  if (contype === 'CONSTR_CHECK' && conname !== undefined)
    table.checks.set(conname, { tree, file });
}

function alterTable(state: Replayed, { relation, cmds = [] }: AlterTableStmt, file: string): void {
  const table = tableOf(state, relation);
  for (const command of cmds) {
    if (!('AlterTableCmd' in command)) continue;
    const { subtype, name = '', def } = command.AlterTableCmd;
    if (subtype === 'AT_AddConstraint') addConstraint(table, def, file);
    else if (subtype === 'AT_DropConstraint') table.checks.delete(name);
    else if (subtype === 'AT_EnableRowSecurity') table.rowSecurity = true;
    else if (subtype === 'AT_DisableRowSecurity') table.rowSecurity = false;
    else if (subtype === 'AT_ForceRowSecurity') table.forced = true;
    else if (subtype === 'AT_NoForceRowSecurity') table.forced = false;
  }
}

/** ALTER POLICY changes only the clauses that it names. */
function alterPolicy(state: Replayed, changed: AlterPolicyStmt, file: string): void {
  const { table, policy_name: name = '', roles, qual, with_check } = changed;
  const { policies } = tableOf(state, table);
  const tree = {
    ...policies.get(name)?.tree,
    ...(roles && { roles }),
    ...(qual && { qual }),
    ...(with_check && { with_check }),
  };
  policies.set(name, { tree, file });
}

function drop(
  state: Replayed,
  { removeType, objects = [] }: Extract<Statement, { DropStmt: unknown }>['DropStmt'],
): void {
  for (const object of objects) {
    const names = 'List' in object ? (object.List.items ?? []) : [];
    const parts = names.flatMap((part) => ('String' in part ? (part.String.sval ?? '') : []));
    if (removeType === 'OBJECT_TABLE') {
      const [name, schema] = parts.toReversed();
      state.delete(tableKey(name, schema));
    }
    if (removeType === 'OBJECT_POLICY') {
      const [policy = '', name, schema] = parts.toReversed();
      state.get(tableKey(name, schema))?.policies.delete(policy);
    }
  }
}

function renameThing(
  state: Replayed,
  statement: Extract<Statement, { RenameStmt: unknown }>['RenameStmt'],
): void {
  const { renameType, relation, subname = '', newname = '' } = statement;
  const of = relation?.relname ?? '';
  if (renameType === 'OBJECT_TABLE' && relation) {
    moveTable(state, relation, newname, relation.schemaname);
  }
  if (renameType === 'OBJECT_TABCONSTRAINT') {
    renameKey(tableOf(state, relation).checks, subname, newname);
  }
  if (renameType === 'OBJECT_POLICY') {
    renameKey(tableOf(state, relation).policies, subname, newname);
  }
  if (renameType === 'OBJECT_COLUMN') {
    rewrite(tableOf(state, relation), (tree) =>
      renameInTree(tree, { column: subname, of }, newname),
    );
  }
}

/** Policies of other tables may also refer to the table. */
function moveTable(
  state: Replayed,
  relation: Named,
  name: string,
  schema: string | undefined,
): void {
  const table = tableOf(state, relation);
  state.delete(keyOf(relation));
  state.set(tableKey(name, schema), table);
  for (const each of state.values()) {
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
