import { blankPostgres } from '../../../src/testing/blank-postgres.fixture.ts';
import type { Enforcer } from '../../../src/testing/access/enforcer.ts';
import { PostgresWorld } from '../../../src/testing/access/postgres-world.ts';
import { smallWorld } from '../small-world.ts';
import { readingEnforcer, writingEnforcer } from './as-enforcer.ts';
import { mutationGuard } from './mutation-guard.ts';
import { rls } from './rls.ts';
import { zeroServer } from './zero-server.ts';
import { zeroSqlite } from './zero-sqlite.ts';

/** All enforcers, ready for worlds of these tables. */
export interface AllEnforcers {
  readonly enforcers: readonly Enforcer[];
  close(): Promise<void>;
}

export async function allEnforcers(tables = smallWorld.tables): Promise<AllEnforcers> {
  const client = await blankPostgres();
  const server = await zeroServer(tables);
  const sqlite = await zeroSqlite(tables);
  const guard = await mutationGuard(tables);
  return {
    enforcers: [
      rls(new PostgresWorld(client)),
      readingEnforcer('zero on Postgres', server),
      readingEnforcer('zero on SQLite', sqlite),
      writingEnforcer('mutation guard', guard),
    ],
    async close() {
      for (const place of [client, server, sqlite, guard]) await place.close();
    },
  };
}
