import type { CommentStmt, Node } from 'libpg-query';
import type { Statement } from './open-parser.ts';
import { createFunction, dropFunction } from './replay-function.ts';
import { replayGrant } from './replay-grant.ts';
import { moveTable, replayRename } from './replay-rename.ts';
import { alterPolicy, alterTable, createTable, createTrigger } from './replay-table.ts';
import { dropSchema, stringsIn, tableKey, tableOf, type Replayed } from './replayed.ts';

/** Applies one statement of a file to the state. */
export function replay(state: Replayed, statement: Statement, file: string): void {
  if ('CreateStmt' in statement) createTable(state, statement.CreateStmt, file);
  else if ('AlterTableStmt' in statement) alterTable(state, statement.AlterTableStmt, file);
  else if ('CreatePolicyStmt' in statement) {
    const { table, policy_name: name = '' } = statement.CreatePolicyStmt;
    tableOf(state, table).policies.set(name, { tree: statement.CreatePolicyStmt, file });
  } else if ('AlterPolicyStmt' in statement) alterPolicy(state, statement.AlterPolicyStmt, file);
  else if ('CreateTrigStmt' in statement) createTrigger(state, statement.CreateTrigStmt, file);
  else if ('CreateFunctionStmt' in statement) {
    createFunction(state, statement.CreateFunctionStmt, file);
  } else if ('GrantStmt' in statement) replayGrant(state, statement.GrantStmt, file);
  else if ('CommentStmt' in statement) comment(state, statement.CommentStmt, file);
  else if ('DoStmt' in statement) {
    for (const text of blockTexts(statement.DoStmt.args)) state.blocks.set(text, file);
  } else if ('DropStmt' in statement) drop(state, statement.DropStmt);
  else if ('RenameStmt' in statement) replayRename(state, statement.RenameStmt);
  else if ('AlterObjectSchemaStmt' in statement) {
    const { relation, newschema = '' } = statement.AlterObjectSchemaStmt;
    if (relation) moveTable(state, relation, relation.relname ?? '', newschema);
  }
}

const blockTexts = (args: readonly Node[] = []): readonly string[] =>
  args.flatMap((arg) => {
    if (!('DefElem' in arg) || arg.DefElem.defname !== 'as') return [];
    return arg.DefElem.arg ? stringsIn([arg.DefElem.arg]) : [];
  });

const RELATIONS: ReadonlySet<string> = new Set(['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW']);

function comment(state: Replayed, { objtype, object, comment: text }: CommentStmt, file: string) {
  if (!object || !('List' in object)) return;
  const parts = stringsIn(object.List.items).toReversed();
  const column = objtype === 'OBJECT_COLUMN' ? (parts.shift() ?? '') : '';
  if (column === '' && !RELATIONS.has(objtype ?? '')) return;
  const [relname = '', schemaname = 'public'] = parts;
  const { comments } = tableOf(state, { relname, schemaname });
  if (text === undefined) comments.delete(column);
  else comments.set(column, { tree: text, file });
}

function drop(
  state: Replayed,
  { removeType, objects = [] }: Extract<Statement, { DropStmt: unknown }>['DropStmt'],
): void {
  for (const object of objects) {
    if ('ObjectWithArgs' in object) dropFunction(state, object.ObjectWithArgs);
    const [name = '', ...above] = stringsIn(
      'List' in object ? object.List.items : [object],
    ).toReversed();
    if (RELATIONS.has(removeType ?? '')) state.tables.delete(tableKey(name, above[0]));
    const table = state.tables.get(tableKey(above[0], above[1]));
    if (removeType === 'OBJECT_POLICY') table?.policies.delete(name);
    if (removeType === 'OBJECT_TRIGGER') table?.triggers.delete(name);
    if (removeType === 'OBJECT_SCHEMA') dropSchema(state, name);
  }
}
