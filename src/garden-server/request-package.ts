import { toIterableRows } from '@rocicorp/zero/server/adapters/drizzle';
import { sql, type SQL } from 'drizzle-orm';
import type { Registry } from '../apps/garden/registry.ts';

/** A Drizzle transaction, of any driver. */
export interface RequestDatabase {
  execute(query: SQL): PromiseLike<unknown>;
}

/** A person's wish for a package. */
export interface Wish {
  readonly id: string;
  readonly packageName: string;
  readonly registry: Registry;
  readonly requestedBy: string;
}

/** What came of a wish. */
export type Requested =
  | { readonly state: 'queued' }
  /** Somebody already asked. */
  | { readonly state: 'active' }
  /** The package was fetched within the last hour. */
  | { readonly state: 'fresh'; readonly retryAt: Date }
  /** The person has asked for too much. */
  | { readonly state: 'limited'; readonly retryAt: Date };

/** Decides about wishes, in the transaction that it is given. */
export type RequestPackage = (db: RequestDatabase, wish: Wish) => Promise<Requested>;

/** Requests of one person in an hour. */
const PERSON_LIMIT = 20;

/** Takes a wish into the queue, or says why not. All times are the database's. */
export const requestPackage: RequestPackage = async (db, wish) => {
  // Two requests of one person at once would both find the last place free.
  await db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended('request of ' || ${wish.requestedBy}::text, 0))`,
  );
  const { packageName, registry, requestedBy } = wish;
  const [found] = toIterableRows(
    await db.execute(sql`
      select
        exists (
          select from package_requests where registry = ${registry}
            and package_name = ${packageName} and status in ('pending', 'fetching')) as active,
        (select ${milliseconds(sql`last_fetch_success + interval '1 hour'`)} from packages
          where registry = ${registry} and name = ${packageName}
            and last_fetch_success > now() - interval '1 hour') as fresh_until,
        (select ${milliseconds(sql`created_at + interval '1 hour'`)} from package_requests
          where requested_by = ${requestedBy} and created_at > now() - interval '1 hour'
          order by created_at desc offset ${PERSON_LIMIT - 1} limit 1) as limited_until`),
  );
  if (found?.['active'] === true) return { state: 'active' };
  const freshUntil = found?.['fresh_until'] ?? undefined;
  if (freshUntil !== undefined) return { state: 'fresh', retryAt: new Date(Number(freshUntil)) };
  const limitedUntil = found?.['limited_until'] ?? undefined;
  if (limitedUntil !== undefined) {
    return { state: 'limited', retryAt: new Date(Number(limitedUntil)) };
  }
  const [queued] = toIterableRows(
    await db.execute(sql`
      insert into package_requests (id, package_name, registry, requested_by, is_auto_queued,
        depth, priority, status, attempt_count, run_at, created_at, updated_at)
      values (${wish.id}, ${packageName}, ${registry}, ${requestedBy}, false,
        0, 50, 'pending', 0, now(), now(), now())
      on conflict (registry, package_name) where status in ('pending', 'fetching') do nothing
      returning id`),
  );
  return { state: queued ? 'queued' : 'active' };
};

const milliseconds = (moment: SQL): SQL => sql`floor(extract(epoch from ${moment}) * 1000)`;
