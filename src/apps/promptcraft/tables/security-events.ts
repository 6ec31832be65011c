import { jsonb, text, uuid } from 'drizzle-orm/pg-core';
import {
  appendOnly,
  boundedJson,
  createdAt,
  descending,
  enumeration,
  id,
  indexOn,
  maxLength,
  oneOf,
  pgTable,
  retain,
  role,
} from '../../../kit/index.ts';
import type { JsonObject } from '../../../kit/index.ts';
import { access } from '../access.ts';

export const securityEventKinds = [
  'sign_in_failed',
  'access_denied',
  'unusual_reads',
  'unusual_denials',
] as const;
export type SecurityEventKind = (typeof securityEventKinds)[number];

/** Facts about the event. Never a token, a key or the content of a row. */
export type SecurityDetails = JsonObject;

/** A denied attempt, a failed sign-in, or a principal who behaves unusually. Append-only. */
export const securityEvents = pgTable(
  'security_events',
  {
    id: id(),
    kind: enumeration('kind', securityEventKinds).notNull(),
    /** The user. No foreign key: the event outlives them, and NULL is anonymous. */
    userId: uuid('user_id'),
    /** What was attempted: a mutator or a method, and the table. */
    action: text('action'),
    details: jsonb('details').$type<SecurityDetails>(),
    createdAt: createdAt(),
  },
  (t) => [
    oneOf(t.kind),
    maxLength(t.action, 200),
    boundedJson(t.details, { shape: 'object', maxBytes: 8_192, maxDepth: 4 }),
    // The newest events.
    indexOn(descending(t.createdAt), descending(t.id)),
    // The events of a principal.
    indexOn(t.userId, descending(t.createdAt), descending(t.id)),
    ...retain(t.createdAt, '1 year', { archive: true }),
    ...appendOnly(t),
    ...access(t, { read: role('admin') }),
  ],
).enableRLS();

export type SecurityEvent = typeof securityEvents.$inferSelect;
export type NewSecurityEvent = typeof securityEvents.$inferInsert;
