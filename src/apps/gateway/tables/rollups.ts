import { uuid } from 'drizzle-orm/pg-core';
import {
  anyone,
  gte,
  including,
  indexOn,
  or,
  pgTable,
  role,
  rollup,
  rollupColumns,
} from '../../../kit/index.ts';
import { access, backend } from '../access.ts';
import { serverRequests } from './server-requests.ts';
import { ofMember } from './users.ts';

/**
 * Bounds of the latency histograms, in milliseconds. To change them, rename the rollups: the
 * histograms of old rows cannot be converted.
 */
export const LATENCY_BOUNDS = [
  5, 10, 25, 50, 75, 100, 150, 200, 300, 400, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000,
  30_000,
] as const;

// Like server_requests, rollups have no foreign keys, and outlive what they name. Nobody writes
// them: `updateRollups()` of the server runs as their owner.

/** The requests of a server in an hour, in UTC. */
export const serverRequestHours = pgTable(
  'server_request_hours',
  {
    tenantId: uuid('tenant_id').notNull(),
    serverId: uuid('server_id').notNull(),
    ...rollupColumns('hour'),
  },
  (t) => [
    ...rollup(t, {
      of: serverRequests,
      every: 'hour',
      keys: [t.serverId, t.tenantId],
      at: serverRequests.createdAt,
      value: serverRequests.responseTime,
      errors: gte(serverRequests.statusCode, 500),
      bounds: LATENCY_BOUNDS,
    }),
    // For organization_request_hours, and the first and the last day of the slowest servers.
    including(indexOn(t.tenantId, t.hour), t.serverId, t.count, t.sum),
    ...access(t, { read: or(role('admin'), ofMember(t.tenantId)) }),
    ...backend(t, { read: anyone }),
  ],
).enableRLS();

/** The requests of a server in a day, in UTC. */
export const serverRequestDays = pgTable(
  'server_request_days',
  {
    tenantId: uuid('tenant_id').notNull(),
    serverId: uuid('server_id').notNull(),
    ...rollupColumns('day'),
  },
  (t) => [
    ...rollup(t, { of: serverRequestHours, every: 'day', keys: [t.serverId, t.tenantId] }),
    including(indexOn(t.tenantId, t.day), t.serverId, t.count, t.sum),
    ...access(t, { read: or(role('admin'), ofMember(t.tenantId)) }),
    ...backend(t, { read: anyone }),
  ],
).enableRLS();

/** The requests of all servers of an organization in an hour, in UTC. */
export const organizationRequestHours = pgTable(
  'organization_request_hours',
  { tenantId: uuid('tenant_id').notNull(), ...rollupColumns('hour') },
  (t) => [
    ...rollup(t, { of: serverRequestHours, every: 'hour', keys: [t.tenantId] }),
    ...access(t, { read: or(role('admin'), ofMember(t.tenantId)) }),
    ...backend(t, { read: anyone }),
  ],
).enableRLS();

/** All rollups, for `updateRollups()`. */
export const gatewayRollups = [
  serverRequestHours,
  serverRequestDays,
  organizationRequestHours,
] as const;

export type ServerRequestHour = typeof serverRequestHours.$inferSelect;
export type ServerRequestDay = typeof serverRequestDays.$inferSelect;
export type OrganizationRequestHour = typeof organizationRequestHours.$inferSelect;
