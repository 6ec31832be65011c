import type { DoctorGroup } from '../../maintain/doctor/doctor-check.ts';
import { STATS } from '../../maintain/database-stats.ts';
import { OWN } from '../../maintain/doctor/own-relations.ts';
import { MAY_MAINTAIN } from '../../maintain/maintained-tables.ts';
import { definerClauses } from '../../model/definer-sql.ts';
import { quoteBody, quoteName, quoteText } from '../../model/quote-sql.ts';
import type { Maintenance } from '../../model/maintenance.ts';
import type { Table } from '../../model/table.ts';
import type { CompanionObject } from './companion-object.ts';
import { dailyMaintenance } from './daily-maintenance.ts';
import { doBlock } from './do-block.ts';
import { faultsBody } from './faults-body.ts';
import type { OperatorFunction } from './operator-function.ts';

/**
 * The functions of maintenance. They run as their owner, so that the operator needs no
 * privileges on the tables, and fail instead of seeing only a part of the rows.
 *
 * @param known roles that other companion objects create.
 */
export function emitMaintenance(
  tables: readonly Table[],
  { role }: Maintenance,
  known: readonly string[],
): readonly CompanionObject[] {
  return [
    ...(known.includes(role) ? [] : [operator(role)]),
    ...[dailyMaintenance(tables), ...FUNCTIONS].map((one) => objectOf(one, role)),
  ];
}

const FAULTS =
  'table ("check" text, severity text, object text, message text, evidence text, fix text)';

const check = (name: string, group: DoctorGroup): OperatorFunction => ({
  name,
  returns: FAULTS,
  body: faultsBody(group),
});

const FUNCTIONS: readonly OperatorFunction[] = [
  {
    name: 'analyze_all_tables',
    returns: 'setof text',
    body: `declare
  relation text;
begin
  for relation in with ${OWN}
    select format('%I.%I', schema, name) from own where kind in ('r', 'm') and ${MAY_MAINTAIN} order by 1
  loop
    execute 'analyze (skip_locked) ' || relation;
    return next relation;
  end loop;
end`,
  },
  {
    name: 'vacuum_all_tables',
    returns: 'setof text',
    reads: true,
    body: `begin
  -- VACUUM cannot run in a function: psql runs the statements with \\gexec.
  return query with ${OWN}
    select format('VACUUM (ANALYZE, SKIP_LOCKED) %I.%I;', schema, name) from own
    where kind in ('r', 'm') and ${MAY_MAINTAIN} order by 1;
end`,
  },
  {
    name: 'get_database_stats',
    returns:
      'table (table_name text, estimated_rows bigint, dead_rows bigint, table_bytes bigint, index_bytes bigint, total_bytes bigint, sequential_scans bigint, index_scans bigint, last_vacuum timestamptz, last_analyze timestamptz)',
    reads: true,
    body: `#variable_conflict use_column
begin
  return query ${STATS};
end`,
  },
  check('health_check', 'health'),
  check('integrity_check', 'integrity'),
  check('security_audit', 'security'),
];

function objectOf(
  { name, parameters = '', types = '', returns, reads, body }: OperatorFunction,
  role: string,
): CompanionObject {
  const quoted = quoteName('public', name);
  const signature = `${quoted}(${types})`;
  return {
    // `create or replace` changes neither the result nor the privileges of another role. A
    // function that is created again is open to all roles until its privileges are revoked, so
    // both are one object.
    key: `function ${quoted}(${parameters}) returns ${returns} for ${quoteName(role)}`,
    create: `create or replace function ${quoted}(${parameters}) returns ${returns}
${definerClauses(reads ? 'stable' : 'volatile')}
set timezone = 'UTC'
as ${quoteBody(body)};
--> statement-breakpoint
revoke execute on function ${signature} from public;
--> statement-breakpoint
grant execute on function ${signature} to ${quoteName(role)};`,
    drop: `drop function if exists ${signature};`,
  };
}

function operator(role: string): CompanionObject {
  return {
    key: `role ${quoteName(role)}`,
    create: doBlock(`begin
  if not exists (select from pg_roles where rolname = ${quoteText(role)}) then
    create role ${quoteName(role)} nologin nosuperuser nobypassrls nocreaterole nocreatedb;
  end if;
exception
  -- Another database of the cluster made it at the same moment.
  when duplicate_object or unique_violation then null;
end`),
    drop: '',
  };
}
