import { isNotNull } from 'drizzle-orm';
import { text, uuid, type AnyPgColumn } from 'drizzle-orm/pg-core';
import {
  and,
  anyone,
  baseColumns,
  descending,
  exists,
  id,
  indexOn,
  inList,
  instant,
  matches,
  maxLength,
  or,
  owner,
  pgTable,
  plainDefault,
  printable,
  references,
  role,
  serverOnly,
  sortedText,
  uniqueOn,
  updatedAt,
  type Rule,
  type Update,
} from '../../../kit/index.ts';
import { access, backend } from '../access.ts';
import { roles, userRoleEnum, type UserRole } from './roles.ts';

/**
 * System users with authentication.
 *
 * Rules compare the claims of the token, and never this table's `role`: a user who could change a
 * column would grant rights to themself. Only setUserRole() of the server changes a role, and
 * writes an audit log.
 */
export const users = pgTable(
  'users',
  {
    ...baseColumns(),
    /** In lower case, so that one address is one user. */
    email: sortedText('email').notNull(),
    name: sortedText('name').notNull(),
    /** User role for RBAC. */
    role: plainDefault(userRoleEnum('role').notNull(), 'viewer'),
    /** The description of the role; NULL if there is no such row. */
    roleId: uuid('role_id'),
    /** scrypt; NULL for a user who signs in elsewhere. */
    passwordHash: serverOnly(text('password_hash')),
  },
  (t) => [
    // The seed's idx_users_email would repeat the index of this constraint.
    uniqueOn(t.email),
    references(t.roleId, roles.id, 'set null'),
    matches(t.email, /^[^\u0001-\u0020\u007f@A-Z]+@[^\u0001-\u0020\u007f@A-Z]+$/, { max: 254 }),
    printable(t.name, { max: 100 }),
    maxLength(t.passwordHash, 255),
    indexOn(t.role, t.createdAt, t.id),
    indexOn(descending(t.createdAt), descending(t.id)),
    indexOn(t.roleId).where(isNotNull(t.roleId)),
    ...access(t, {
      read: or(
        owner(t.id),
        role('admin'),
        // Members of one organization see each other.
        exists(
          () => usersOrganizations,
          { userId: t.id },
          (other) => ofMember(other.organizationId),
        ),
      ),
      insert: role('admin'),
      update: or(owner(t.id), role('admin')),
      delete: role('admin'),
      immutable: [t.email, t.role, t.roleId, t.createdAt],
    }),
    ...backend(t, { read: { rows: anyone, columns: [t.id, t.email, t.name, t.role] } }),
  ],
).enableRLS();

/** A tenant: all servers, requests and logs belong to one. */
export const organizations = pgTable(
  'organizations',
  {
    ...baseColumns(),
    name: sortedText('name').notNull(),
    /** The name in addresses. */
    slug: sortedText('slug').notNull(),
    /** Who may add the first member; NULL if that user was deleted. */
    createdBy: uuid('created_by'),
  },
  (t) => [
    uniqueOn(t.slug),
    references(t.createdBy, users.id, 'set null'),
    printable(t.name, { max: 100 }),
    matches(t.slug, /^[a-z0-9]+(-[a-z0-9]+)*$/, { max: 64 }),
    indexOn(t.createdBy).where(isNotNull(t.createdBy)),
    ...access(t, {
      read: or(owner(t.createdBy), ofMember(t.id), role('admin')),
      insert: owner(t.createdBy),
      update: ofMember(t.id, ['admin']),
      delete: ofMember(t.id, ['admin']),
      immutable: [t.slug, t.createdBy, t.createdAt],
    }),
    ...backend(t, { read: { rows: anyone, columns: [t.id, t.name, t.slug] } }),
  ],
).enableRLS();

/**
 * A member of an organization. The seed's composite primary key is a unique constraint: Zero needs
 * a single id that the client sets.
 */
export const usersOrganizations = pgTable(
  'users_organizations',
  {
    id: id(),
    userId: uuid('user_id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    role: userRoleEnum('role').notNull(),
    joinedAt: plainDefault(instant('joined_at').notNull(), { sql: 'now()' }),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueOn(t.userId, t.organizationId),
    references(t.userId, users.id, 'cascade'),
    references(t.organizationId, organizations.id, 'cascade'),
    indexOn(t.organizationId, t.role, t.id),
    ...access(t, {
      read: or(owner(t.userId), ofMember(t.organizationId), role('admin')),
      insert: or(
        ofMember(t.organizationId, ['admin']),
        // Whoever creates an organization adds themself.
        and(
          owner(t.userId),
          exists(
            () => organizations,
            { id: t.organizationId },
            (o) => owner(o.createdBy),
          ),
        ),
      ),
      update: ofMember(t.organizationId, ['admin']),
      delete: or(owner(t.userId), ofMember(t.organizationId, ['admin'])),
      immutable: [t.userId, t.organizationId, t.joinedAt],
    }),
    ...backend(t, { read: anyone }),
  ],
).enableRLS();

/** The principal is a member of the organization, with one of the roles if any are given. */
export function ofMember(
  organizationId: AnyPgColumn<{ data: string }>,
  having?: readonly UserRole[],
): Rule {
  return exists(
    () => usersOrganizations,
    { organizationId },
    (m) => (having ? and(owner(m.userId), inList(m.role, having)) : owner(m.userId)),
  );
}

export type User = Omit<typeof users.$inferSelect, 'passwordHash'>;
export type NewUser = typeof users.$inferInsert;
export type UserUpdate = Update<typeof users>;
export type Organization = typeof organizations.$inferSelect;
export type NewOrganization = typeof organizations.$inferInsert;
export type OrganizationUpdate = Update<typeof organizations>;
export type Membership = typeof usersOrganizations.$inferSelect;
export type NewMembership = typeof usersOrganizations.$inferInsert;
