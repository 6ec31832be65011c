import { sql, type SQL } from 'drizzle-orm';
import type { RequestStatus } from '../tables/package-requests.ts';
import type { Registry } from '../tables/registry.ts';
import type { PreparedQuery } from '../../../postgres/queries/prepared-query.ts';
import { gardenQuery } from './garden-query.ts';
import { pageSize } from './page-size.ts';
import { moment, number, selectRows, text, value } from '../../../postgres/queries/row-fields.ts';

/** A request in a list. */
export interface RequestRow {
  readonly id: string;
  readonly packageName: string;
  readonly registry: Registry;
  readonly status: RequestStatus;
  readonly priority: number;
  readonly createdAt: Date;
}

const fields = {
  id: text('id'),
  packageName: text('package_name'),
  registry: text('registry') as SQL<Registry>,
  status: text('status') as SQL<RequestStatus>,
  priority: number('priority'),
  createdAt: moment('created_at'),
};

const columns = sql.raw('id, package_name, registry, status, priority, created_at');

const ofUser = sql`requested_by = ${value('accountId', 'uuid')}
            and created_at < ${value('before', 'timestamptz')}`;

// Postgres uses one plan for all users. It expects few requests per user and would read and sort
// all requests of a user with thousands. The lower bound comes from the index.
const endOfPage = sql`(select min(created_at) from (
              select created_at from package_requests
              where ${ofUser} order by created_at desc limit ${pageSize}
            ) as page)`;

/** Requests of a user, newest first. Start with `before: 'infinity'`. */
export const requestsOf: PreparedQuery<{ accountId: string; before: string }, RequestRow> =
  gardenQuery({
    name: 'requests-of',
    summary: 'requests of a user, newest first',
    sample: ({ account }) => ({ accountId: account, before: 'infinity' }),
    build: (db) =>
      selectRows(
        db,
        fields,
        sql`select ${columns} from package_requests
          where ${ofUser} and created_at >= ${endOfPage}
          order by created_at desc limit ${pageSize}`,
      ),
  });

/** Number of requests of a user in the last seconds, by the database clock. For rate limits. */
export const recentRequests: PreparedQuery<
  { accountId: string; seconds: number },
  { count: number }
> = gardenQuery({
  name: 'recent-requests',
  summary: 'the number of recent requests of a user, for a rate limit',
  sample: ({ account }) => ({ accountId: account, seconds: 3600 }),
  build: (db) =>
    selectRows(
      db,
      { count: number('count') },
      sql`select count(*) from package_requests
          where requested_by = ${value('accountId', 'uuid')}
            and created_at > now() - ${value('seconds', 'int')} * interval '1 second'`,
    ),
});

/** Number of requests that followed from a root request. For its budget. */
export const chainSize: PreparedQuery<{ rootId: string }, { count: number }> = gardenQuery({
  name: 'chain-size',
  summary: 'the number of follow-up requests of a root request, for its budget',
  sample: ({ root }) => ({ rootId: root }),
  build: (db) =>
    selectRows(
      db,
      { count: number('count') },
      sql`select count(*) from package_requests where root_request_id = ${value('rootId', 'uuid')}`,
    ),
});

/** The active request for a package, if any. */
export const activeRequest: PreparedQuery<{ name: string; registry: Registry }, RequestRow> =
  gardenQuery({
    name: 'active-request',
    summary: 'the active request for a package',
    sample: ({ active }) => active,
    build: (db) =>
      selectRows(
        db,
        fields,
        sql`select ${columns} from package_requests
          where registry = ${value('registry', 'text')} and package_name = ${value('name', 'text')}
            and is_active`,
      ),
  });

/**
 * Requests of a registry that a worker could claim now, in claim order: pending requests and those
 * with an expired lease. Read-only; workers claim through the queue.
 */
export const claimableRequests: PreparedQuery<{ registry: Registry }, RequestRow> = gardenQuery({
  name: 'claimable-requests',
  summary: 'the requests of a registry that a worker could claim now, in claim order',
  sample: ({ package: { registry } }) => ({ registry }),
  build: (db) =>
    selectRows(
      db,
      fields,
      sql`select ${columns} from package_requests
        where is_active and (locked_until is null or locked_until <= now())
          and registry = ${value('registry', 'text')} and run_at <= now()
        order by priority desc, run_at limit ${pageSize}`,
    ),
});

/** Number of automatically queued requests of the last seconds that failed. */
export const autoFailures: PreparedQuery<{ seconds: number }, { count: number }> = gardenQuery({
  name: 'auto-failures',
  summary: 'the number of recent automatic requests that failed',
  sample: () => ({ seconds: 3600 }),
  build: (db) =>
    selectRows(
      db,
      { count: number('count') },
      sql`select count(*) from package_requests
        where is_auto_queued and not is_active and status = 'failed'
          and created_at > now() - ${value('seconds', 'int')} * interval '1 second'`,
    ),
});
