import { aboutTable } from '../../model/about.ts';
import type { Rule, TableRules } from '../../model/rule.ts';
import type { Schema } from '../../model/schema.ts';
import { tableId } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import { nearestName } from '../../report/nearest-name.ts';
import { ProblemError } from '../../report/problem.ts';

/** Supabase's table of users, and its key. */
const USERS = tableId('auth', 'users');
const KEY = 'id';

/**
 * The schema without its own table of users: its foreign keys reference Supabase's
 * `auth.users`.
 */
export function replaceUsers(schema: Schema, users: string): Schema {
  const replaced = schema.tables.find(({ id, exportName }) => id === users || exportName === users);
  if (!replaced) throw noSuchTable(schema, users);
  refuseOtherKeys(schema, replaced);
  refuseRules(schema, replaced);
  const { access } = schema;
  return {
    ...schema,
    tables: schema.tables
      .filter((table) => table !== replaced)
      .map((table) => ({
        ...table,
        foreignKeys: table.foreignKeys.map((key) =>
          key.references.table === replaced.id
            ? { ...key, references: { table: USERS, columns: [KEY] } }
            : key,
        ),
      })),
    policies: schema.policies.filter(({ table }) => table !== replaced.id),
    ...(access && {
      access: {
        ...access,
        rules: {
          ...access.rules,
          tables: Object.fromEntries(
            Object.entries(access.rules.tables).filter(([id]) => id !== replaced.id),
          ),
        },
      },
    }),
  };
}

function noSuchTable({ tables }: Schema, users: string): ProblemError {
  const names = tables.map(({ id }) => id);
  const nearest = nearestName(users, names);
  return new ProblemError({
    code: 'sql/no-such-table',
    message: `there is no table ${JSON.stringify(users)} for auth.users to replace.`,
    fix:
      nearest === undefined ? `the tables are: ${names.join(', ')}.` : `did you mean ${nearest}?`,
  });
}

/** auth.users has one key, a uuid. Other references to the table cannot be redirected. */
function refuseOtherKeys({ tables }: Schema, replaced: Table): void {
  const key = replaced.primaryKey?.columns[0];
  const isUuid = replaced.columns.find(({ name }) => name === key)?.type.kind === 'uuid';
  for (const table of tables) {
    for (const { name, references } of table.foreignKeys) {
      if (references.table !== replaced.id) continue;
      if (isUuid && references.columns.length === 1 && references.columns[0] === key) continue;
      throw new ProblemError({
        code: 'sql/users-key',
        ...aboutTable(table),
        message: `the foreign key ${name} does not reference a uuid primary key of ${replaced.id}, and auth.users has no other key.`,
        fix: `reference the primary key of ${replaced.id}, and make it a uuid.`,
      });
    }
  }
}

/** The policies of other tables cannot read auth.users. */
function refuseRules({ tables, access }: Schema, replaced: Table): void {
  for (const table of tables) {
    const rules = table === replaced ? undefined : access?.rules.tables[table.id];
    if (rules && rulesOf(rules).some((rule) => reads(rule, replaced.id))) {
      throw new ProblemError({
        code: 'sql/users-in-rules',
        ...aboutTable(table),
        message: `its rules read ${replaced.id}, and a policy cannot read auth.users.`,
        fix: 'compare with a claim instead, or keep the table: leave out --users.',
      });
    }
  }
}

const rulesOf = ({ read, insert, update, delete: remove }: TableRules): readonly Rule[] => [
  read,
  insert,
  update.from,
  update.to,
  remove,
];

function reads(rule: Rule, table: string): boolean {
  switch (rule.op) {
    case 'and':
    case 'or':
      return rule.rules.some((part) => reads(part, table));
    case 'not':
      return reads(rule.rule, table);
    case 'exists':
      return rule.table === table || reads(rule.rule, table);
    case 'can':
      return rule.table === table;
    default:
      return false;
  }
}
