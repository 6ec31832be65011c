import { sql, type SQL } from 'drizzle-orm';
import type { RequestStatus } from '../tables/package-requests.ts';
import type { Registry } from '../tables/registry.ts';
import type { PreparedQuery } from '../../../queries/prepared-query.ts';
import { gardenQuery } from './garden-query.ts';
import { moment, number, pageSize, selectRows, text, value } from './row-fields.ts';

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

const ofPerson = sql`requested_by = ${value('accountId', 'uuid')}
            and created_at < ${value('before', 'timestamptz')}`;

// A statement is planned for anybody, and most have a handful: Postgres would read and sort
// all that one had who asked a thousand times. The end of the page stands in the index.
const endOfPage = sql`(select min(created_at) from (
              select created_at from package_requests
              where ${ofPerson} order by created_at desc limit ${pageSize}
            ) as page)`;

/** What a person asked for, the newest first. Begin with `before: 'infinity'`. */
export const requestsOf: PreparedQuery<{ accountId: string; before: string }, RequestRow> =
  gardenQuery({
    name: 'requests-of',
    summary: 'what a person asked for, the newest first',
    sample: ({ account }) => ({ accountId: account, before: 'infinity' }),
    build: (db) =>
      selectRows(
        db,
        fields,
        sql`select ${columns} from package_requests
          where ${ofPerson} and created_at >= ${endOfPage}
          order by created_at desc limit ${pageSize}`,
      ),
  });

/** How often a person asked in the last seconds, by the database's clock: for a rate limit. */
export const recentRequests: PreparedQuery<
  { accountId: string; seconds: number },
  { count: number }
> = gardenQuery({
  name: 'recent-requests',
  summary: 'how often a person asked lately, for a rate limit',
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

/** How many requests one led to, for its budget. */
export const chainSize: PreparedQuery<{ rootId: string }, { count: number }> = gardenQuery({
  name: 'chain-size',
  summary: 'how many requests a request led to, for its budget',
  sample: ({ root }) => ({ rootId: root }),
  build: (db) =>
    selectRows(
      db,
      { count: number('count') },
      sql`select count(*) from package_requests where root_request_id = ${value('rootId', 'uuid')}`,
    ),
});

/** The active request for a package, where there is one. */
export const activeRequest: PreparedQuery<{ name: string; registry: Registry }, RequestRow> =
  gardenQuery({
    name: 'active-request',
    summary: 'the request for a package that waits or is worked on',
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
 * What of a registry waits, or was left behind by a lost worker, and may be taken now,
 * in the order in which workers take it. It only looks: a worker claims with the queue.
 */
export const claimableRequests: PreparedQuery<{ registry: Registry }, RequestRow> = gardenQuery({
  name: 'claimable-requests',
  summary: 'the requests of a registry that a worker could take now, the first to be taken first',
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

/** How many requests that the garden queued by itself in the last seconds failed. */
export const autoFailures: PreparedQuery<{ seconds: number }, { count: number }> = gardenQuery({
  name: 'auto-failures',
  summary: 'how many of the requests that the garden queued by itself lately failed',
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
