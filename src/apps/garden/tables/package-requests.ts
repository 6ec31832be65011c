import { inArray, isNotNull, sql, type SQL } from 'drizzle-orm';
import { boolean, integer, text, uuid, type PgTable } from 'drizzle-orm/pg-core';
import {
  and,
  atLeast,
  between,
  createdAt,
  descending,
  enumeration,
  eq,
  exists,
  id,
  indexOn,
  inList,
  instant,
  maxLength,
  oneOf,
  or,
  owner,
  pgTable,
  printable,
  references,
  serverOnly,
  sortedText,
  uniqueIndexOn,
  updatedAt,
  type Update,
} from '../../../kit/index.ts';
import { access, staff, worker } from '../access.ts';

import { account } from './account.ts';
import { packages } from './packages.ts';
import { registries } from './registry.ts';

/** The states of a request. */
export const requestStatuses = ['pending', 'fetching', 'completed', 'failed', 'cancelled'] as const;

/** The states of a request that is pending or being fetched. */
const activeStatuses = ['pending', 'fetching'] as const;

/**
 * A request for a package, by a user or for a dependency. The table is the workers' queue
 * and the user's history.
 */
export const packageRequests = pgTable(
  'package_requests',
  {
    id: id(),
    packageName: sortedText('package_name').notNull(),
    registry: enumeration('registry', registries).notNull(),
    /** The user; NULL for follow-up requests. */
    requestedBy: uuid('requested_by'),
    /** The request whose package needs this one. */
    sourceRequestId: uuid('source_request_id'),
    /** The user's request at the start of the chain. Follow-up requests count against its budget. */
    rootRequestId: uuid('root_request_id'),
    isAutoQueued: boolean('is_auto_queued').notNull(),
    /** Distance from the root request, which has depth 0. */
    depth: integer('depth').notNull(),
    /** 0 to 100; higher is claimed first. */
    priority: integer('priority').notNull(),
    status: enumeration('status', requestStatuses).notNull(),
    errorMessage: text('error_message'),
    /** The fetched package. */
    packageId: uuid('package_id'),
    attemptCount: integer('attempt_count').notNull(),
    /** Earliest time of a claim. Due requests are claimed in this order. */
    runAt: instant('run_at').notNull(),
    /**
     * Whether the request is pending or being fetched. Indexes use it instead of `status`,
     * so that a claim changes no indexed column (HOT update).
     */
    isActive: serverOnly(
      // Inlined, because drizzle-kit writes a parameter as `$1`.
      boolean('is_active').generatedAlwaysAs((): SQL =>
        inArray(packageRequests.status, activeStatuses).inlineParams(),
      ),
    ),
    /** The worker that holds the lease. */
    lockedBy: serverOnly(text('locked_by')),
    /** Expiry of the lease, in database time. After it, any worker may claim the request. */
    lockedUntil: serverOnly(instant('locked_until')),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    oneOf(t.registry),
    oneOf(t.status),
    printable(t.packageName, { max: 256 }),
    maxLength(t.errorMessage, 10_000),
    atLeast(t.attemptCount, 0),
    atLeast(t.depth, 0),
    between(t.priority, 0, 100),
    references(t.requestedBy, account.id, 'set null'),
    references(t.sourceRequestId, t.id, 'set null'),
    references(t.rootRequestId, t.id, 'set null'),
    references(t.packageId, packages.id, 'set null'),
    // One active request per package. The key of the first design included the status,
    // which allowed a pending row next to a fetching row. Claiming one or releasing the
    // other would then violate the key.
    uniqueIndexOn(t.registry, t.packageName).where(sql`${t.isActive}`),
    // Most rows are follow-up requests without a user.
    indexOn(t.requestedBy, descending(t.createdAt)).where(isNotNull(t.requestedBy)),
    // A claim reads the first due rows of each registry, by descending priority. The index
    // (status, created_at) of the first design has neither column.
    indexOn(t.registry, descending(t.priority), t.runAt).where(sql`${t.isActive}`),
    // The first design had (is_auto_queued, status). With the time instead of the status,
    // the index also serves queries about the last day, and `prune`.
    indexOn(t.isAutoQueued, t.createdAt).where(sql`not ${t.isActive}`),
    indexOn(t.sourceRequestId).where(isNotNull(t.sourceRequestId)),
    indexOn(t.rootRequestId).where(isNotNull(t.rootRequestId)),
    indexOn(t.packageId).where(isNotNull(t.packageId)),
    ...access(t, {
      // Follow-up requests have no user. The user of the root request may read them.
      read: or(
        owner(t.requestedBy),
        staff,
        exists(
          // Typed explicitly, because the type of a table cannot refer to itself.
          (): PgTable => packageRequests,
          { id: t.rootRequestId },
          (root) => owner(root['requestedBy'] as typeof t.requestedBy),
          { rows: 'raw' },
        ),
      ),
      // Users request packages through the queue, which enforces the user limit and the
      // cooldown. A direct insert would bypass both.
      insert: worker,
      // Users may cancel their own pending requests. They can only change status and
      // updatedAt.
      update: {
        from: or(worker, and(owner(t.requestedBy), eq(t.status, 'pending'))),
        to: or(worker, and(owner(t.requestedBy), inList(t.status, ['cancelled']))),
      },
      // Users cannot delete requests, because cancelled requests count towards the user
      // limit too.
      delete: worker,
      immutable: [
        t.packageName,
        t.registry,
        t.requestedBy,
        t.sourceRequestId,
        t.rootRequestId,
        t.isAutoQueued,
        t.depth,
        // A policy cannot compare the old row with the new one. So the application's role
        // can only change the state, and the queue changes these columns as the login role.
        t.priority,
        t.errorMessage,
        t.packageId,
        t.attemptCount,
        t.runAt,
        t.createdAt,
      ],
    }),
  ],
).enableRLS();

export type PackageRequest = typeof packageRequests.$inferSelect;
export type NewPackageRequest = typeof packageRequests.$inferInsert;
export type PackageRequestUpdate = Update<typeof packageRequests>;
export type RequestStatus = (typeof requestStatuses)[number];
