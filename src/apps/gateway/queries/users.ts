import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { pagedQuery } from '../../../postgres/queries/paged-query.ts';
import { preparedQuery } from '../../../postgres/queries/prepared-query.ts';
import { value } from '../../../postgres/queries/row-fields.ts';
import type { UserRole } from '../tables/roles.ts';
import { sessions, type Session } from '../tables/sessions.ts';
import { organizations, users, usersOrganizations, type User } from '../tables/users.ts';
import { someMembership, someSession, someUser } from './examples.ts';

/** All columns that are not server-only. */
const columns = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: users.role,
  roleId: users.roleId,
  createdAt: users.createdAt,
  updatedAt: users.updatedAt,
};

export const getUserById = preparedQuery<{ id: string }, User>({
  name: 'user-by-id',
  summary: 'one user',
  build: (db) =>
    db
      .select(columns)
      .from(users)
      .where(eq(users.id, value('id', 'uuid'))),
  example: someUser(({ id }) => ({ id })),
});

export const getUserByEmail = preparedQuery<{ email: string }, User>({
  name: 'user-by-email',
  summary: 'the user with an e-mail address, in lower case',
  build: (db) =>
    db
      .select(columns)
      .from(users)
      .where(eq(users.email, value('email', 'text'))),
  example: someUser(({ email }) => ({ email })),
});

export const getUsersByRole = preparedQuery<{ role: UserRole; limit: number }, User>({
  name: 'users-by-role',
  summary: 'users with a role, the oldest first',
  build: (db) =>
    db
      .select(columns)
      .from(users)
      .where(eq(users.role, sql`${value('role', 'text')}::user_role`))
      .orderBy(asc(users.createdAt), asc(users.id))
      .limit(sql.placeholder('limit')),
  example: someUser(({ role }) => ({ role, limit: 10 })),
});

export const newestUsers = pagedQuery<{}, User>({
  name: 'newest-users',
  summary: 'all users, newest first',
  size: 50,
  order: {
    createdAt: { column: users.createdAt, direction: 'desc' },
    id: { column: users.id, direction: 'desc' },
  },
  build: (db, after) => db.select(columns).from(users).where(after),
  example: () => Promise.resolve({}),
});

/** A member of an organization. */
export interface Member {
  /** Of the membership. */
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly role: UserRole;
  readonly joinedAt: Date;
}

export const membersOfOrganization = pagedQuery<{ organizationId: string }, Member>({
  name: 'members-of-organization',
  summary: 'the members of an organization, by role',
  size: 50,
  order: { role: { column: usersOrganizations.role }, id: { column: usersOrganizations.id } },
  build: (db, after) =>
    db
      .select({
        id: usersOrganizations.id,
        userId: usersOrganizations.userId,
        name: users.name,
        role: usersOrganizations.role,
        joinedAt: usersOrganizations.joinedAt,
      })
      .from(usersOrganizations)
      .innerJoin(users, eq(users.id, usersOrganizations.userId))
      .where(and(eq(usersOrganizations.organizationId, value('organizationId', 'uuid')), after)),
  example: someMembership(({ organizationId }) => ({ organizationId })),
});

/** An organization of a user, with their role in it. */
export interface OwnOrganization {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly role: UserRole;
}

export const organizationsOfUser = preparedQuery<{ userId: string }, OwnOrganization>({
  name: 'organizations-of-user',
  summary: 'the organizations of a user',
  build: (db) =>
    db
      .select({
        id: organizations.id,
        name: organizations.name,
        slug: organizations.slug,
        role: usersOrganizations.role,
      })
      .from(usersOrganizations)
      .innerJoin(organizations, eq(organizations.id, usersOrganizations.organizationId))
      .where(eq(usersOrganizations.userId, value('userId', 'uuid')))
      .orderBy(asc(organizations.name)),
  example: someMembership(({ userId }) => ({ userId })),
});

export const sessionsOfUser = preparedQuery<{ userId: string }, Session>({
  name: 'sessions-of-user',
  summary: 'the sessions of a user that have not expired',
  build: (db) =>
    db
      .select({
        id: sessions.id,
        userId: sessions.userId,
        tokenPrefix: sessions.tokenPrefix,
        tokenExpiresAt: sessions.tokenExpiresAt,
        createdAt: sessions.createdAt,
        updatedAt: sessions.updatedAt,
      })
      .from(sessions)
      .where(
        and(eq(sessions.userId, value('userId', 'uuid')), gt(sessions.tokenExpiresAt, sql`now()`)),
      )
      .orderBy(asc(sessions.tokenExpiresAt)),
  example: someSession,
});
