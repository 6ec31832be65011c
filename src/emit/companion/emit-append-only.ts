import { quoteBody, quoteName } from '../../model/quote-sql.ts';
import { schemaOf } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { CompanionObject } from './companion-object.ts';

const FUNCTION = quoteName('public', 'refuse_change');
const TRIGGER = quoteName('append_only');

/**
 * A trigger for every append-only table, and the function that it calls. A trigger for each
 * statement also fires if a policy hides all rows, and for TRUNCATE. Privileges alone would
 * not stop a role that another migration grants them to.
 */
export function emitAppendOnly(
  tables: readonly Table[],
  roles: readonly string[] = [],
): readonly CompanionObject[] {
  const appendOnly = tables.filter((table) => table.appendOnly);
  if (appendOnly.length === 0) return [];
  const from = ['public', ...roles.map((role) => quoteName(role))].join(', ');
  return [
    refusal(),
    ...appendOnly.map((table) => {
      const on = quoteName(schemaOf(table), table.name);
      return {
        key: `append only ${on}`,
        create: `revoke update, delete, truncate on ${on} from ${from};
--> statement-breakpoint
create or replace trigger ${TRIGGER} before update or delete or truncate on ${on}
for each statement execute function ${FUNCTION}();`,
        drop: `drop trigger if exists ${TRIGGER} on ${on};`,
        on,
      };
    }),
  ];
}

function refusal(): CompanionObject {
  // It is not a definer function, because current_user would then be the function's owner.
  const body = `begin
  if current_user is distinct from (
    select pg_catalog.pg_get_userbyid(relowner) from pg_catalog.pg_class where oid = tg_relid) then
    raise exception 'the table %.% is append-only', tg_table_schema, tg_table_name
      using errcode = 'insufficient_privilege',
        hint = 'Only the owner of the table can change or delete rows.';
  end if;
  return null;
end`;
  return {
    key: `function ${FUNCTION}`,
    create: `create or replace function ${FUNCTION}() returns trigger
language plpgsql
set search_path = ''
as ${quoteBody(body)};`,
    drop: `drop function if exists ${FUNCTION}();`,
  };
}
