import { getTableName, type Column } from 'drizzle-orm';
import type { CompanionStatement } from '../model/companion-statement.ts';
import { definerClauses, executeOnly } from '../model/definer-sql.ts';
import { quoteBody, quoteName, quoteText } from '../model/quote-sql.ts';
import { qualifiedName } from '../model/table-id.ts';
import { schemaNameOf } from './object-of.ts';

/** The columns of an edge, in one table. */
export interface Edge {
  /** In a tree, the key. */
  readonly from: Column;
  /** In a tree, the parent. */
  readonly to: Column;
}

/**
 * Refuses rows that close a cycle: in a tree, whose rows name their parent, and in a table of
 * edges. The error has SQLSTATE 23514, as of a CHECK, and the constraint name
 * `{table}_{to}_acyclic`. Writers of edges wait for each other, because two of them together
 * could close a cycle that neither sees.
 *
 * @example
 * export const noCategoryCycles = companionSql(
 *   ...acyclic({ from: categories.id, to: categories.parentId }),
 * );
 */
export function acyclic({ from, to }: Edge): readonly CompanionStatement[] {
  const table = { schema: schemaNameOf(from.table), name: getTableName(from.table) };
  const on = quoteName(table.schema, table.name);
  const constraint = `${table.name}_${to.name}_acyclic`;
  const name = quoteName(table.schema, `refuse_${constraint}`);
  const [source, target] = [quoteName(from.name), quoteName(to.name)];
  const body = `begin
  perform pg_advisory_xact_lock(hashtextextended(${quoteText(`${qualifiedName(table)} acyclic`)}, 0));
  if exists (
    with recursive reached (id) as (
      select new.${target}
      union
      select edge.${target} from ${on} edge join reached on edge.${source} = reached.id
    )
    select from reached where id = new.${source}
  ) then
    raise exception using errcode = 'check_violation', constraint = ${quoteText(constraint)},
      schema = ${quoteText(table.schema)}, table = ${quoteText(table.name)},
      message = ${quoteText(`new row for relation "${table.name}" violates "${constraint}": it closes a cycle.`)};
  end if;
  return null;
end`;
  const trigger = quoteName(constraint);
  return [
    {
      key: `function ${name}()`,
      // It sees all rows, whatever the principal may read.
      create: `create or replace function ${name}() returns trigger
${definerClauses()}
as ${quoteBody(body)};
--> statement-breakpoint
${executeOnly(`${name}()`)}`,
      drop: `drop function if exists ${name}();`,
    },
    {
      key: `trigger ${on} ${trigger}`,
      create: `create or replace trigger ${trigger} after insert or update of ${[...new Set([source, target])].join(', ')} on ${on}
for each row when (new.${target} is not null) execute function ${name}();`,
      drop: `drop trigger if exists ${trigger} on ${on};`,
      on,
    },
  ];
}
