import { getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { CompanionStatement } from '../../../kit/index.ts';
import { definerClauses } from '../../../model/definer-sql.ts';

export interface Trigger {
  readonly name: string;
  readonly table: PgTable;
  /** `before insert`, `after update of "a"`. */
  readonly when: string;
  /** The condition on the row, as SQL. */
  readonly condition?: string;
  /** A plpgsql block that ends with `return`. */
  readonly body: string;
}

/** A trigger that sees all rows, whatever the principal may read. */
export function trigger(definition: Trigger): readonly CompanionStatement[] {
  const { name, table, when, condition, body } = definition;
  const on = `"public"."${getTableName(table)}"`;
  const call = `public.${name}()`;
  return [
    {
      key: `function ${call}`,
      create: `create or replace function ${call} returns trigger
${definerClauses()}
as $$
${body}
$$;
--> statement-breakpoint
revoke execute on function ${call} from public;`,
      drop: `drop function if exists ${call};`,
    },
    {
      key: `trigger ${on} ${name}`,
      create: `create or replace trigger ${name} ${when} on ${on}
for each row ${condition === undefined ? '' : `when (${condition}) `}execute function ${call};`,
      drop: `drop trigger if exists ${name} on ${on};`,
      on,
    },
  ];
}
