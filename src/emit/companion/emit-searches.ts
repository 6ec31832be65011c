import { definerClauses, executeOnly } from '../../model/definer-sql.ts';
import { quoteBody, quoteName, quoteTable } from '../../model/quote-sql.ts';
import type { RowSearch } from '../../model/row-search.ts';
import { sqlType } from '../../model/sql-type.ts';
import type { Table } from '../../model/table.ts';
import { claimSql } from '../../rules/policy-sql.ts';
import { ruleToSql } from '../../rules/rule-to-sql.ts';
import type { CompanionObject } from './companion-object.ts';
import type { AccessSource } from './emit-existence-functions.ts';

const ROW = quoteName('row');

/**
 * The functions of `rowSearch()`. They run as their owner, so the policies do not apply, and
 * the condition is an index condition. The `read` rule is a part of the statement, with the
 * claims of the caller.
 */
export function emitSearches(
  tables: readonly Table[],
  source: AccessSource,
): readonly CompanionObject[] {
  return tables.flatMap((table) =>
    (table.searches ?? []).flatMap((search) => searchObjects(table, search, source)),
  );
}

function searchObjects(
  table: Table,
  search: RowSearch,
  { rules, preset, roles }: AccessSource,
): readonly CompanionObject[] {
  const own = rules.tables[table.id];
  const [key, ...others] = table.columns.filter(({ name }) => own?.key.includes(name));
  if (!own || !key || others.length > 0) return [];
  const definition = { claims: rules.claims, preset };
  const readable = ruleToSql(own.read, {
    rules,
    column: (name) => `${ROW}.${quoteName(name)}`,
    claim: (value) => claimSql(value, definition),
  });
  const id = `${ROW}.${quoteName(key.name)}`;
  const names = Object.keys(search.parameters);
  const numbered = (sql: string): string =>
    sql.replaceAll(/(?<!:):([a-z_]\w*)/g, (whole, name: string) => {
      const at = names.indexOf(name);
      return at === -1 ? whole : `$${at + 1}`;
    });
  const order = search.orderBy === undefined ? id : `${numbered(search.orderBy)}, ${id}`;
  const body = `#variable_conflict use_column
begin
  return query select ${id} from ${quoteTable(table.id)} as ${ROW}
    where (${numbered(search.where)})
      and (${readable})
    order by ${order}
    limit least(greatest($${names.length + 1}, 0), ${search.limit});
end`;
  const types = [...Object.values(search.parameters), 'integer'];
  const name = `${quoteName('public', search.name)}(${types.join(', ')})`;
  const parameters = names.map((one) => `${quoteName(one)} ${search.parameters[one]}, `).join('');
  const callers = roles.map((role) => quoteName(role)).join(', ');
  return [
    {
      key: `function ${name}`,
      create: `create or replace function ${quoteName('public', search.name)}(${parameters}"max_rows" integer default ${search.limit}) returns setof ${sqlType(key.type)}
${definerClauses('stable')}
as ${quoteBody(body)};`,
      drop: `drop function if exists ${name};`,
    },
    {
      key: `execute on ${name}`,
      create: executeOnly(name, callers),
      drop: '',
    },
  ];
}
