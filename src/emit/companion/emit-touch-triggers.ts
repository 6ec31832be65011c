import type { Table } from '../../model/table.ts';
import { schemaOf } from '../../model/table-id.ts';
import type { CompanionObject } from './companion-object.ts';
import { quoteBody, quoteName } from '../../model/quote-sql.ts';

/**
 * A trigger for every table with an `updated_at`, and one function for each name of such a
 * column. An UPDATE that does not change the column sets it to the transaction's time, but never
 * back.
 * Clients normally set the time themselves.
 */
export function emitTouchTriggers(tables: readonly Table[]): readonly CompanionObject[] {
  const touched = tables.flatMap((table) =>
    table.columns.filter((column) => column.touched).map(({ name }) => ({ table, column: name })),
  );
  const columns = [...new Set(touched.map(({ column }) => column))].sort();
  return [
    ...columns.map(touchFunction),
    ...touched.map(({ table, column }) => touchTrigger(table, column)),
  ];
}

function touchFunction(column: string): CompanionObject {
  const name = quoteName('public', `touch_${column}`);
  const body = `begin
  -- A transaction that started earlier may commit later.
  new.${quoteName(column)} := greatest(now(), old.${quoteName(column)});
  return new;
end`;
  return {
    key: `function ${name}`,
    create: `create or replace function ${name}() returns trigger
language plpgsql
set search_path = ''
as ${quoteBody(body)};`,
    drop: `drop function if exists ${name}();`,
  };
}

function touchTrigger(table: Table, column: string): CompanionObject {
  const on = quoteName(schemaOf(table), table.name);
  const name = quoteName(`touch_${column}`);
  const quoted = quoteName(column);
  return {
    key: `trigger ${on} ${name}`,
    create: `create or replace trigger ${name} before update on ${on}
for each row when (new.${quoted} is not distinct from old.${quoted})
execute function ${quoteName('public', `touch_${column}`)}();`,
    drop: `drop trigger if exists ${name} on ${on};`,
    on,
  };
}
