import { blankPostgres } from '../../../src/testing/blank-postgres.fixture.ts';
import { guardQuery } from '../../../src/guard/guard-query.ts';
import { COMPARING } from '../../../src/testing/access/comparing-functions.ts';
import { PreparedQueries } from '../../../src/testing/access/prepared-queries.ts';
import type { WorldTable } from '../../../src/testing/access/world.ts';
import { zeroOnPostgres } from '../../../src/testing/access/zero-server.ts';
import type { ReadEnforcer } from './world-query.ts';
import { createTables, replaceRows } from './world-tables.ts';

/** Zero on a separate Postgres, without row-level security. */
export async function zeroServer(
  tables: readonly WorldTable[],
  guard = guardQuery,
): Promise<ReadEnforcer> {
  const client = await blankPostgres();
  await createTables(client, tables);
  await client.exec(COMPARING);
  return {
    load: (rows) => replaceRows(client, tables, rows),
    answer: await zeroOnPostgres({ client, prepared: new PreparedQueries(client) }, tables, guard),
    close: () => client.close(),
  };
}
