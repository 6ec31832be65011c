import type { AlterPolicyStmt, AlterTableStmt, CreateStmt, CreateTrigStmt } from 'libpg-query';
import type { Statement } from './open-parser.ts';
import { renameInGrants } from './replay-grant.ts';
import { blankTable, keyOf, tableOf, type Replayed, type ReplayedTable } from './replayed.ts';

export function createTable(
  state: Replayed,
  { relation, tableElts = [], if_not_exists, partspec }: CreateStmt,
  file: string,
): void {
  if (!relation || (if_not_exists === true && state.tables.has(keyOf(relation)))) return;
  const table = blankTable(true);
  state.tables.set(keyOf(relation), table);
  if (partspec) table.partition = partspec;
  for (const element of tableElts) addConstraint(table, element, file);
}

function addConstraint(table: ReplayedTable, element: Statement | undefined, file: string): void {
  if (!element || !('Constraint' in element)) return;
  const { contype, conname, raw_expr: tree } = element.Constraint;
  if (contype === 'CONSTR_CHECK' && conname !== undefined)
    table.checks.set(conname, { tree, file });
}

export function alterTable(
  state: Replayed,
  { relation, cmds = [] }: AlterTableStmt,
  file: string,
): void {
  const table = tableOf(state, relation);
  for (const command of cmds) {
    if (!('AlterTableCmd' in command)) continue;
    const { subtype = '', name = '', def } = command.AlterTableCmd;
    if (subtype === 'AT_AddConstraint') addConstraint(table, def, file);
    else if (subtype === 'AT_DropConstraint') table.checks.delete(name);
    else if (subtype === 'AT_DropColumn') {
      table.comments.delete(name);
      renameInGrants(table.grants, name, undefined);
    } else if (subtype === 'AT_EnableRowSecurity') table.rowSecurity = true;
    else if (subtype === 'AT_DisableRowSecurity') table.rowSecurity = false;
    else if (subtype === 'AT_ForceRowSecurity') table.forced = true;
    else if (subtype === 'AT_NoForceRowSecurity') table.forced = false;
    else if (/^AT_(?:Enable|Disable)\w*Trig/.test(subtype))
      switchTrigger(table, subtype, name, file);
  }
}

/** ENABLE and DISABLE TRIGGER, for one trigger or for all of them. */
function switchTrigger(
  { triggers }: ReplayedTable,
  subtype: string,
  name: string,
  file: string,
): void {
  const isAll = /(?:All|User)$/.test(subtype);
  const mode = /^AT_EnableTrig(?:All|User)?$/.test(subtype) ? undefined : subtype;
  for (const [each, { tree }] of triggers) {
    if (isAll || each === name) triggers.set(each, { tree: { ...tree, mode }, file });
  }
}

/** A replaced trigger stays enabled or disabled. */
export function createTrigger(
  state: Replayed,
  { relation, replace, ...created }: CreateTrigStmt,
  file: string,
): void {
  const { triggers } = tableOf(state, relation);
  const name = created.trigname ?? '';
  const mode = replace === true ? triggers.get(name)?.tree.mode : undefined;
  triggers.set(name, { tree: { created, mode }, file });
}

/** ALTER POLICY changes only the clauses that it names. */
export function alterPolicy(state: Replayed, changed: AlterPolicyStmt, file: string): void {
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
