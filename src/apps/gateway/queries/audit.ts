import { and, eq, isNotNull } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { pagedQuery, type PagedQuery } from '../../../postgres/queries/paged-query.ts';
import { value } from '../../../postgres/queries/row-fields.ts';
import { auditLogs, type AuditLog } from '../tables/audit-logs.ts';

type Subject = 'tenantId' | 'targetId' | 'actorId';

/** The audit logs about one subject, newest first. */
const logsOf = <Key extends Subject>(
  name: string,
  summary: string,
  key: Key,
): PagedQuery<Record<Key, string>, AuditLog> => {
  const column: PgColumn = auditLogs[key];
  return pagedQuery<Record<Key, string>, AuditLog>({
    name,
    summary: `${summary}, newest first`,
    size: 50,
    order: {
      timestamp: { column: auditLogs.timestamp, direction: 'desc' },
      id: { column: auditLogs.id, direction: 'desc' },
    },
    build: (db, after) =>
      db
        .select()
        .from(auditLogs)
        .where(and(eq(column, value(key, 'uuid')), after)),
    async example(db: AnyDatabase) {
      const [row] = await db
        .select({ id: column })
        .from(auditLogs)
        .where(isNotNull(column))
        .limit(1);
      return row && ({ [key]: String(row.id) } as Record<Key, string>);
    },
  });
};

export const auditOfTenant = logsOf(
  'audit-of-tenant',
  'the audit logs of an organization',
  'tenantId',
);
export const auditOfTarget = logsOf(
  'audit-of-target',
  'what happened to a user, server or organization',
  'targetId',
);
export const auditOfActor = logsOf('audit-of-actor', 'what a user did', 'actorId');
