import { blankPostgres } from '../../../src/testing/blank-postgres.fixture.ts';
import type { Enforcer } from '../../../src/testing/access/enforcer.ts';
import {
  guardedReads,
  mutationGuardEnforcer,
} from '../../../src/testing/access/guard-enforcers.ts';
import { PostgresWorld, type PostgresClient } from '../../../src/testing/access/postgres-world.ts';
import { zeroOnPostgres } from '../../../src/testing/access/zero-server.ts';
import { smallWorld } from '../small-world.ts';
import { readingEnforcer } from './as-enforcer.ts';
import { rls } from './rls.ts';
import { guardUpserts, withUpserts } from './upserts.ts';
import { zeroSqlite } from './zero-sqlite.ts';

/** All enforcers, ready for worlds of these tables. */
export interface AllEnforcers {
  readonly enforcers: readonly Enforcer[];
  close(): Promise<void>;
}

/** A PGlite, or a connection to a server. */
export interface ClosingClient extends PostgresClient {
  close(): Promise<void>;
}

/**
 * Those in Postgres share one database. The guards run with the role of its owner, so policies
 * do not apply. With `covered`, some writes are asked as upserts too.
 */
export async function allEnforcers(
  tables = smallWorld.tables,
  open: () => Promise<ClosingClient> = blankPostgres,
  covered?: (item: string) => void,
): Promise<AllEnforcers> {
  const client = await open();
  const postgres = new PostgresWorld(client);
  const sqlite = await zeroSqlite(tables);
  return {
    enforcers: [
      covered ? withUpserts(rls(postgres), client, covered) : rls(postgres),
      guardedReads('zero on Postgres', await zeroOnPostgres(postgres, tables), postgres),
      readingEnforcer('zero on SQLite', sqlite),
      mutationGuardEnforcer(postgres),
      ...(covered ? [guardUpserts(postgres, covered)] : []),
    ],
    async close() {
      for (const place of [client, sqlite]) await place.close();
    },
  };
}
