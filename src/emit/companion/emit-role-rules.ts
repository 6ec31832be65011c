import { fingerprint } from '../../model/fingerprint.ts';
import { quoteName, quoteTable, quoteText } from '../../model/quote-sql.ts';
import type { RoleCommand, RoleRules } from '../../model/role-rules.ts';
import { schemaOf, splitTableId } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { View } from '../../model/view.ts';
import { policyContext } from '../../rules/policy-sql.ts';
import { ruleToSql } from '../../rules/rule-to-sql.ts';
import type { CompanionObject } from './companion-object.ts';
import { doBlock } from './do-block.ts';
import type { AccessSource } from './emit-existence-functions.ts';
import { force } from './emit-grants.ts';

const BREAK = '\n--> statement-breakpoint\n';

export interface RoleSource {
  readonly tables: readonly Table[];
  readonly views: readonly View[];
  readonly rules: readonly RoleRules[];
}

/** Creates the additional database roles, with their grants and policies. */
export function emitRoleRules({ tables, views, rules }: RoleSource): readonly CompanionObject[] {
  const granted = [
    ...rules.map(({ role, table }) => ({ role, ...splitTableId(table) })),
    ...views.flatMap(({ readers = [], ...view }) =>
      readers.map((role) => ({ role, schema: schemaOf(view) })),
    ),
  ];
  const roles = [...new Set(granted.map(({ role }) => role))].sort();
  return [
    ...roles.map(createRole),
    ...(roles.length > 0 ? [noTemporaryTables()] : []),
    ...roles.flatMap((role) =>
      schemaUsage(
        role,
        granted.filter((one) => one.role === role),
      ),
    ),
    ...rules.flatMap((own) => {
      const table = tables.find(({ id }) => id === own.table);
      return table ? [grants(own), ...policies(table, own)] : [];
    }),
  ];
}

/** An existing role is kept, unless it bypasses the policies or may change schemas. */
function createRole(role: string): CompanionObject {
  const name = quoteName(role);
  return {
    key: `role ${name}`,
    create: doBlock(`begin
  if exists (select from pg_roles where rolname = ${quoteText(role)}
      and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)) then
    raise exception ${quoteText(`the role ${role} may bypass its policies`)}
      using hint = ${quoteText(`alter role ${name} nosuperuser nobypassrls nocreaterole nocreatedb;`)};
  end if;
  if not exists (select from pg_roles where rolname = ${quoteText(role)}) then
    create role ${name} nologin nosuperuser nobypassrls nocreaterole nocreatedb;
  end if;
exception
  -- Another database of the cluster made it at the same moment.
  when duplicate_object or unique_violation then null;
end`),
    drop: '',
  };
}

/**
 * Postgres lets PUBLIC create temporary tables, and a privilege of PUBLIC cannot be taken from
 * one role. Up to Postgres 14, PUBLIC could also create objects in the schema public.
 */
function noTemporaryTables(): CompanionObject {
  return {
    key: 'no temporary tables for public',
    create: doBlock(`begin
  execute format('revoke create, temporary on database %I from public', current_database());
  revoke create on schema public from public;
end`),
    drop: '',
  };
}

function schemaUsage(
  role: string,
  objects: readonly { readonly schema: string }[],
): readonly CompanionObject[] {
  const schemas = [...new Set(objects.map(({ schema }) => schema))].sort();
  return schemas.map((schema) => ({
    key: `usage on schema ${quoteName(schema)} for ${quoteName(role)}`,
    create: `grant usage on schema ${quoteName(schema)} to ${quoteName(role)};`,
    drop: `revoke usage on schema ${quoteName(schema)} from ${quoteName(role)};`,
  }));
}

/** Row-level security of tables that only further roles may use. */
export function emitForce(
  rules: readonly RoleRules[],
  access: AccessSource | undefined,
): readonly CompanionObject[] {
  const tables = new Set(rules.map(({ table }) => table));
  return [...tables].filter((table) => !access?.rules.tables[table]).map(force);
}

const COMMANDS: readonly RoleCommand[] = ['select', 'insert', 'update', 'delete'];

function grants({ role, table, operations }: RoleRules): CompanionObject {
  const on = quoteTable(table);
  const revoke = `revoke all on ${on} from ${quoteName(role)};`;
  return {
    key: `grants on ${on} to ${quoteName(role)}`,
    create: [
      revoke,
      ...COMMANDS.flatMap((command) => {
        const operation = operations[command];
        if (!operation || operation.rows.op === 'nobody') return [];
        const names = operation.columns.map((column) => quoteName(column)).join(', ');
        const list = command === 'delete' ? '' : ` (${names})`;
        return [`grant ${command}${list} on ${on} to ${quoteName(role)};`];
      }),
    ].join(BREAK),
    drop: revoke,
    on,
  };
}

function policies(table: Table, { role, operations }: RoleRules): readonly CompanionObject[] {
  const on = quoteTable(table.id);
  const context = policyContext(table.id, { claims: {}, preset: 'postgres' });
  return COMMANDS.flatMap((command) => {
    const rows = operations[command]?.rows;
    if (!rows || rows.op === 'nobody') return [];
    const condition = ruleToSql(rows, context);
    const using = command === 'insert' ? '' : `\nusing (${condition})`;
    const check = command === 'insert' || command === 'update' ? `\nwith check (${condition})` : '';
    const name = policyName(role, command);
    const drop = `drop policy if exists ${name} on ${on};`;
    // Postgres refuses to change the type of a column that a policy uses.
    const named = table.columns.filter((column) => condition.includes(quoteName(column.name)));
    return [
      {
        key: `policy ${name} on ${on}`,
        create: `${drop}${BREAK}create policy ${name} on ${on} as permissive for ${command} to ${quoteName(role)}${using}${check};`,
        drop,
        remadeAround: true as const,
        basis: fingerprint(JSON.stringify(named.map((column) => [column.name, column.type]))),
      },
    ];
  });
}

/** At most 63 bytes, and different for roles whose names start alike. */
function policyName(role: string, command: RoleCommand): string {
  const name = `${role}_${command}`;
  return quoteName(
    name.length <= 63 ? name : `${role.slice(0, 43)}_${fingerprint(role)}_${command}`,
  );
}
