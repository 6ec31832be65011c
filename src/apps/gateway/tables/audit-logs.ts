import { isNotNull } from 'drizzle-orm';
import { jsonb, uuid } from 'drizzle-orm/pg-core';
import {
  and,
  anyone,
  appendOnly,
  boundedJson,
  descending,
  id,
  indexOn,
  instant,
  matches,
  or,
  owner,
  pgTable,
  role,
  sortedText,
} from '../../../kit/index.ts';
import { access, backend } from '../access.ts';
import type { JsonObject } from '../../../kit/index.ts';
import { ofMember } from './users.ts';

/** Extensible data about an action. */
export type AuditDetails = JsonObject;

/**
 * Who did what. Rows are only added, and have no foreign keys, so that they outlive the users and
 * organizations that they name.
 */
export const auditLogs = pgTable(
  'audit_logs',
  {
    id: id(),
    /** What happened: user.created. */
    action: sortedText('action').notNull(),
    /** Who did it; NULL for the gateway itself. */
    actorId: uuid('actor_id'),
    targetId: uuid('target_id'),
    /** The organization that it concerns; NULL for the whole gateway. */
    tenantId: uuid('tenant_id'),
    details: jsonb('details').$type<AuditDetails>(),
    timestamp: instant('timestamp').notNull(),
  },
  (t) => [
    ...appendOnly(t),
    matches(t.action, /^[a-z_]+(\.[a-z_]+)+$/, { max: 64 }),
    boundedJson(t.details, { shape: 'object', maxBytes: 16_384, maxDepth: 8 }),
    indexOn(t.tenantId, descending(t.timestamp), descending(t.id)).where(isNotNull(t.tenantId)),
    indexOn(t.targetId, descending(t.timestamp), descending(t.id)).where(isNotNull(t.targetId)),
    indexOn(t.actorId, descending(t.timestamp), descending(t.id)).where(isNotNull(t.actorId)),
    ...access(t, {
      read: or(role('admin'), ofMember(t.tenantId, ['admin', 'manager'])),
      // Under their own name only.
      insert: and(role('admin'), owner(t.actorId)),
    }),
    ...backend(t, { insert: anyone }),
  ],
).enableRLS();

export type AuditLog = typeof auditLogs.$inferSelect;
export type NewAuditLog = typeof auditLogs.$inferInsert;
