import { blankPostgres } from '../../../src/testing/blank-postgres.fixture.ts';
import type { Enforcer } from '../../../src/testing/access/enforcer.ts';
import { PostgresWorld } from '../../../src/testing/access/postgres-world.ts';
import { readingEnforcer, writingEnforcer } from '../enforcers/as-enforcer.ts';
import { guardBehindPolicies } from '../enforcers/guard-behind-policies.ts';
import { mutationGuard } from '../enforcers/mutation-guard.ts';
import { rls } from '../enforcers/rls.ts';
import { zeroSqlite } from '../enforcers/zero-sqlite.ts';
import { smallWorld } from '../small-world.ts';

/** An enforcer that is ready for worlds of the small tables. */
export interface Place {
  readonly enforcer: Enforcer;
  close(): Promise<void>;
}

export async function openPlace(by: string): Promise<Place> {
  const { tables } = smallWorld;
  if (by === 'reads') {
    const place = await zeroSqlite(tables);
    return { enforcer: readingEnforcer(by, place), close: () => place.close() };
  }
  if (by === 'guard') {
    const place = await mutationGuard(tables);
    return { enforcer: writingEnforcer(by, place), close: () => place.close() };
  }
  const client = await blankPostgres();
  const enforcer = by === 'policies' ? rls(new PostgresWorld(client)) : guardBehindPolicies(client);
  return { enforcer, close: () => client.close() };
}
