import { asc } from 'drizzle-orm';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { mcpServers } from '../tables/mcp-servers.ts';
import { serverRequests } from '../tables/server-requests.ts';
import { sessions } from '../tables/sessions.ts';
import { users, usersOrganizations } from '../tables/users.ts';

// Values with which `garden explain` runs a query.

type Example<Values> = (db: AnyDatabase) => Promise<Values | undefined>;

const first =
  <Row, Values>(
    find: (db: AnyDatabase) => Promise<readonly Row[]>,
    valuesOf: (row: Row) => Values,
  ): Example<Values> =>
  async (db) => {
    const [row] = await find(db);
    return row && valuesOf(row);
  };

type UserRow = Pick<typeof users.$inferSelect, 'id' | 'email' | 'role'>;

export const someUser = <Values>(valuesOf: (user: UserRow) => Values): Example<Values> =>
  first(
    (db) =>
      db
        .select({ id: users.id, email: users.email, role: users.role })
        .from(users)
        .orderBy(asc(users.id))
        .limit(1),
    valuesOf,
  );

type MembershipRow = Pick<typeof usersOrganizations.$inferSelect, 'userId' | 'organizationId'>;

export const someMembership = <Values>(
  valuesOf: (membership: MembershipRow) => Values,
): Example<Values> =>
  first(
    (db) =>
      db
        .select({
          userId: usersOrganizations.userId,
          organizationId: usersOrganizations.organizationId,
        })
        .from(usersOrganizations)
        .orderBy(asc(usersOrganizations.id))
        .limit(1),
    valuesOf,
  );

export const someSession: Example<{ userId: string }> = first(
  (db) => db.select({ userId: sessions.userId }).from(sessions).orderBy(asc(sessions.id)).limit(1),
  (row) => row,
);

type ServerRow = Pick<
  typeof mcpServers.$inferSelect,
  'id' | 'tenantId' | 'name' | 'url' | 'status'
>;

export const someServer = <Values>(valuesOf: (server: ServerRow) => Values): Example<Values> =>
  first(
    (db) =>
      db
        .select({
          id: mcpServers.id,
          tenantId: mcpServers.tenantId,
          name: mcpServers.name,
          url: mcpServers.url,
          status: mcpServers.status,
        })
        .from(mcpServers)
        .orderBy(asc(mcpServers.id))
        .limit(1),
    valuesOf,
  );

type RequestRow = Pick<typeof serverRequests.$inferSelect, 'serverId' | 'tenantId' | 'createdAt'>;

export const someRequest = <Values>(valuesOf: (request: RequestRow) => Values): Example<Values> =>
  first(
    (db) =>
      db
        .select({
          serverId: serverRequests.serverId,
          tenantId: serverRequests.tenantId,
          createdAt: serverRequests.createdAt,
        })
        .from(serverRequests)
        .orderBy(asc(serverRequests.createdAt))
        .limit(1),
    valuesOf,
  );
