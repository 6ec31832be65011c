import type { GrantStmt, Node } from 'libpg-query';
import { functionOf } from './replay-function.ts';
import { stringsIn, tableOf, type Grants, type Replayed } from './replayed.ts';

/** The privileges that ALL includes. */
const TABLE = [
  'select',
  'insert',
  'update',
  'delete',
  'truncate',
  'references',
  'trigger',
  'maintain',
];
const COLUMN = ['select', 'insert', 'update', 'references'];
const SCHEMA = ['usage', 'create'];
const FUNCTION = ['execute'];

/** Applies a GRANT or REVOKE on tables, views, schemas or functions. */
export function replayGrant(state: Replayed, statement: GrantStmt, file: string): void {
  const { objtype, targtype, objects = [] } = statement;
  if (targtype === 'ACL_TARGET_DEFAULTS') return;
  const isTable = objtype === 'OBJECT_TABLE';
  if (targtype === 'ACL_TARGET_ALL_IN_SCHEMA') {
    if (!isTable) return;
    const schemas = new Set(stringsIn(objects));
    for (const [key, { grants }] of state.tables) {
      const [schema = ''] = JSON.parse(key) as readonly string[];
      if (schemas.has(schema)) change(grants, statement, TABLE, file);
    }
    return;
  }
  for (const object of objects) {
    if (isTable && 'RangeVar' in object) {
      change(tableOf(state, object.RangeVar).grants, statement, TABLE, file);
    } else if (objtype === 'OBJECT_SCHEMA') {
      const [name = ''] = stringsIn([object]);
      change(schemaOf(state, name), statement, SCHEMA, file);
    } else if ('ObjectWithArgs' in object) {
      change(functionOf(state, object.ObjectWithArgs).grants, statement, FUNCTION, file);
    }
  }
}

function schemaOf({ schemas }: Replayed, name: string): Grants {
  const grants: Grants = schemas.get(name) ?? new Map();
  schemas.set(name, grants);
  return grants;
}

function change(
  grants: Grants,
  { is_grant, grant_option, privileges, grantees = [] }: GrantStmt,
  all: readonly string[],
  file: string,
): void {
  const named = (privileges ?? [{ AccessPriv: {} }]).flatMap((privilege) =>
    privilegesIn(privilege, all),
  );
  for (const grantee of grantees) {
    const role = roleOf(grantee);
    const tree = new Map(grants.get(role)?.tree);
    for (const { name, columns } of named) {
      // Revoking a privilege also revokes the option to grant it.
      const options = [`${name} with grant option`, ...(grant_option && !is_grant ? [] : [name])];
      if (!is_grant) for (const each of options) revoke(tree, each, columns);
      else for (const each of grant_option ? options : [name]) add(tree, each, columns);
    }
    grants.set(role, { tree, file });
  }
}

interface Privilege {
  readonly name: string;
  readonly columns: readonly string[];
}

function privilegesIn(node: Node, all: readonly string[]): readonly Privilege[] {
  if (!('AccessPriv' in node)) return [];
  const { priv_name, cols } = node.AccessPriv;
  const columns = cols ? stringsIn(cols) : [''];
  const names = priv_name === undefined ? (cols ? COLUMN : all) : [priv_name];
  return names.map((name) => ({ name, columns }));
}

/** A role's name, or the kind of role: PUBLIC, CURRENT_USER. */
function roleOf(node: Node): string {
  if (!('RoleSpec' in node)) return '';
  const { rolename, roletype } = node.RoleSpec;
  return roletype === 'ROLESPEC_PUBLIC' ? PUBLIC : (rolename ?? roletype ?? '');
}

/** Postgres reserves this name, so no role has it. */
export const PUBLIC = 'public';

function add(tree: Map<string, Set<string>>, name: string, columns: readonly string[]): void {
  tree.set(name, new Set([...(tree.get(name) ?? []), ...columns]));
}

function revoke(tree: Map<string, Set<string>>, name: string, columns: readonly string[]): void {
  // Revoked on the table, a privilege is also revoked on its columns.
  const left = columns.includes('')
    ? []
    : [...(tree.get(name) ?? [])].filter((column) => !columns.includes(column));
  if (left.length === 0) tree.delete(name);
  else tree.set(name, new Set(left));
}

/** The privileges on a table after one of its columns was renamed, or dropped. */
export function renameInGrants(grants: Grants, from: string, to: string | undefined): void {
  for (const [role, { tree, file }] of grants) {
    const changed = [...tree].map(([name, columns]): [string, Set<string>] => [
      name,
      new Set([...columns].flatMap((column) => (column === from ? (to ?? []) : column))),
    ]);
    grants.set(role, { tree: new Map(changed.filter(([, { size }]) => size > 0)), file });
  }
}
