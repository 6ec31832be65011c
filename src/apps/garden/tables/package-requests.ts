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

/** The life of a request. */
export const requestStatuses = ['pending', 'fetching', 'completed', 'failed', 'cancelled'] as const;

/** A request in one of these states is being worked on, or will be. */
const activeStatuses = ['pending', 'fetching'] as const;

/**
 * A wish that the garden fetch a package: from a person, or from a package that
 * needs it. This is the workers' queue and the person's history at once.
 */
export const packageRequests = pgTable(
  'package_requests',
  {
    id: id(),
    packageName: sortedText('package_name').notNull(),
    registry: enumeration('registry', registries).notNull(),
    /** Nobody, where a dependency was queued by the garden itself. */
    requestedBy: uuid('requested_by'),
    /** The request whose package needs this one. */
    sourceRequestId: uuid('source_request_id'),
    /** The person's request at the start of the chain; its budget pays for all that follow. */
    rootRequestId: uuid('root_request_id'),
    isAutoQueued: boolean('is_auto_queued').notNull(),
    /** Steps from the root request; the root itself is at 0. */
    depth: integer('depth').notNull(),
    /** From 0 to 100; higher is claimed sooner. */
    priority: integer('priority').notNull(),
    status: enumeration('status', requestStatuses).notNull(),
    errorMessage: text('error_message'),
    /** What the request led to. */
    packageId: uuid('package_id'),
    attemptCount: integer('attempt_count').notNull(),
    /** Not to be claimed before; of what is due, the earliest is claimed first. */
    runAt: instant('run_at').notNull(),
    /**
     * Whether it waits or is being fetched. In the place of `status` in every index: what
     * changes a column of no index stays in its page and touches none of them (HOT), and
     * that is what a claim does.
     */
    isActive: serverOnly(
      // drizzle-kit writes a parameter as `$1`: inlined.
      boolean('is_active').generatedAlwaysAs((): SQL =>
        inArray(packageRequests.status, activeStatuses).inlineParams(),
      ),
    ),
    /** The worker that holds the lease. */
    lockedBy: serverOnly(text('locked_by')),
    /** The end of the lease, in database time; after it anybody may take the request. */
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
    // One active request a package. The seed has the status among the columns: a
    // pending and a fetching row could then stand side by side, and claiming the
    // second, or giving the first back, would fail on the key.
    uniqueIndexOn(t.registry, t.packageName).where(sql`${t.isActive}`),
    // What the garden queued by itself is nobody's, and most of the table.
    indexOn(t.requestedBy, descending(t.createdAt)).where(isNotNull(t.requestedBy)),
    // A claim takes the first rows of each registry that are due, of the highest priority
    // first. The seed has (status, created_at), which knows neither.
    indexOn(t.registry, descending(t.priority), t.runAt).where(sql`${t.isActive}`),
    // The seed has (is_auto_queued, status). With the time in its place the index also
    // serves what is asked of the last day, and the pruning.
    indexOn(t.isAutoQueued, t.createdAt).where(sql`not ${t.isActive}`),
    indexOn(t.sourceRequestId).where(isNotNull(t.sourceRequestId)),
    indexOn(t.rootRequestId).where(isNotNull(t.rootRequestId)),
    indexOn(t.packageId).where(isNotNull(t.packageId)),
    ...access(t, {
      // What a person's request led to is queued by nobody, and theirs to see.
      read: or(
        owner(t.requestedBy),
        staff,
        exists(
          // The type of a table cannot be made of itself.
          (): PgTable => packageRequests,
          { id: t.rootRequestId },
          (root) => owner(root['requestedBy'] as typeof t.requestedBy),
          { rows: 'raw' },
        ),
      ),
      // A person's wish too comes by the queue, which holds them to their limit and
      // the package to its cooldown: of rows beside it neither would know.
      insert: worker,
      // A person may cancel what still waits: status and updatedAt are all they can change.
      update: {
        from: or(worker, and(owner(t.requestedBy), eq(t.status, 'pending'))),
        to: or(worker, and(owner(t.requestedBy), inList(t.status, ['cancelled']))),
      },
      // What a person asked for within the hour counts, cancelled too: it stays.
      delete: worker,
      immutable: [
        t.packageName,
        t.registry,
        t.requestedBy,
        t.sourceRequestId,
        t.rootRequestId,
        t.isAutoQueued,
        t.depth,
        // A policy cannot compare the rows before and after. So the application's role
        // changes the state alone, and the queue changes these as the login.
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
