import { quoteName, quoteText } from '../../model/quote-sql.ts';
import type { Table } from '../../model/table.ts';
import type { PostgresClient } from '../access/postgres-world.ts';
import { tableSql } from './row-sql.ts';

/** Lets partitioned tables accept rows of every time, inside the caller's transaction. */
export async function addDefaultPartitions(
  client: PostgresClient,
  tables: readonly Table[],
): Promise<void> {
  for (const [at, table] of tables.filter(({ partition }) => partition).entries()) {
    const on = tableSql(table);
    await client.exec(`do $derived$ begin
      if (select partdefid = 0 from pg_partitioned_table where partrelid = ${quoteText(on)}::regclass) then
        execute ${quoteText(`create table ${quoteName('public', `derived default ${at}`)} partition of ${on} default`)};
      end if;
    end $derived$`);
  }
}
