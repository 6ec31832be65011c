import { sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { auditLogs } from '../tables/audit-logs.ts';
import { mcpServers } from '../tables/mcp-servers.ts';
import { roles } from '../tables/roles.ts';
import { serverHealthChecks } from '../tables/server-health-checks.ts';
import { serverRequests } from '../tables/server-requests.ts';
import { mcpServerTools, mcpServerVersions } from '../tables/server-versions.ts';
import { sessions } from '../tables/sessions.ts';
import { userPreferences } from '../tables/user-preferences.ts';
import { organizations, users, usersOrganizations } from '../tables/users.ts';
import * as rows from './example-rows.ts';

/** In an order in which every reference exists. */
const TABLES: readonly (readonly [PgTable, readonly object[]])[] = [
  [roles, rows.ROLES],
  [users, rows.USERS],
  [userPreferences, rows.PREFERENCES],
  [sessions, rows.SESSIONS],
  [organizations, rows.ORGANIZATIONS],
  [usersOrganizations, rows.MEMBERSHIPS],
  [mcpServers, rows.SERVERS],
  [mcpServerVersions, rows.VERSIONS],
  [mcpServerTools, rows.TOOLS],
  [serverHealthChecks, rows.HEALTH_CHECKS],
  [serverRequests, rows.REQUESTS],
  [auditLogs, rows.AUDIT_LOGS],
];

/** Inserts the example rows that are missing, and returns their number. */
export async function insertExamples(db: AnyDatabase): Promise<number> {
  // The requests are of one day, whenever the migrations ran.
  await db.execute(
    sql`select public.make_partitions('public.server_requests', 0, ${rows.DAY}::text::timestamptz)`,
  );
  let inserted = 0;
  for (const [table, values] of TABLES) {
    const written = await db
      .insert(table)
      .values(values as never)
      .onConflictDoNothing()
      .returning({ one: sql`1` });
    inserted += written.length;
  }
  return inserted;
}
