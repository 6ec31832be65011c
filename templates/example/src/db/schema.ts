import {
  and,
  anyone,
  createdAt,
  enumeration,
  eq,
  exists,
  id,
  indexOn,
  oneOf,
  or,
  owner,
  pgTable,
  printable,
  references,
  sortedText,
  notBlank,
  uniqueOn,
  updatedAt,
  type Rule,
} from '@techgarden/schema/kit';
import { relations } from 'drizzle-orm';
import { text, uuid, type AnyPgColumn } from 'drizzle-orm/pg-core';
import { access } from './access.ts';

// The id of a user is the `sub` of the token. Users are stored in your identity provider, so no
// foreign key references them.

/** A group of users who share issues. */
export const organisations = pgTable(
  'organisations',
  {
    id: id(),
    name: sortedText('name').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    printable(t.name, { max: 80 }),
    indexOn(t.createdBy),
    ...access(t, {
      // The creator can read the organisation before it has a member.
      read: or(owner(t.createdBy), isMember(t.id)),
      insert: owner(t.createdBy),
      update: isAdmin(t.id),
      delete: isAdmin(t.id),
      immutable: [t.createdBy, t.createdAt],
    }),
  ],
).enableRLS();

/** A user in an organisation. */
export const members = pgTable(
  'members',
  {
    id: id(),
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    name: sortedText('name').notNull(),
    role: enumeration('role', ['admin', 'member']).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    references(t.organisationId, organisations.id, 'cascade'),
    uniqueOn(t.organisationId, t.userId),
    indexOn(t.userId),
    printable(t.name, { max: 80 }),
    oneOf(t.role),
    ...access(t, {
      read: or(owner(t.userId), isMember(t.organisationId)),
      // Admins add members. The creator of the organisation is the first one.
      insert: or(isAdmin(t.organisationId), and(owner(t.userId), isCreator(t.organisationId))),
      update: isAdmin(t.organisationId),
      delete: or(owner(t.userId), isAdmin(t.organisationId)),
      immutable: [t.organisationId, t.userId, t.createdAt],
    }),
  ],
).enableRLS();

/** Something to do. */
export const issues = pgTable(
  'issues',
  {
    id: id(),
    organisationId: uuid('organisation_id').notNull(),
    title: text('title').notNull(),
    status: enumeration('status', ['open', 'done']).notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    references(t.organisationId, organisations.id, 'cascade'),
    indexOn(t.organisationId, t.createdAt),
    printable(t.title, { max: 200 }),
    oneOf(t.status),
    ...access(t, {
      read: isMember(t.organisationId),
      insert: and(isMember(t.organisationId), owner(t.createdBy)),
      update: isMember(t.organisationId),
      delete: or(isAdmin(t.organisationId), and(isMember(t.organisationId), owner(t.createdBy))),
      immutable: [t.organisationId, t.createdBy, t.createdAt],
    }),
  ],
).enableRLS();

/** A remark on an issue. */
export const comments = pgTable(
  'comments',
  {
    id: id(),
    issueId: uuid('issue_id').notNull(),
    body: text('body').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    references(t.issueId, issues.id, 'cascade'),
    indexOn(t.issueId, t.createdAt),
    notBlank(t.body, { max: 10_000 }),
    ...access(t, {
      // Users who can read the issue can read its comments.
      read: canReadIssue(t.issueId),
      insert: and(canReadIssue(t.issueId), owner(t.createdBy)),
      update: and(canReadIssue(t.issueId), owner(t.createdBy)),
      delete: and(canReadIssue(t.issueId), owner(t.createdBy)),
      immutable: [t.issueId, t.createdBy, t.createdAt],
    }),
  ],
).enableRLS();

type Id = AnyPgColumn<{ data: string }>;

function isMember(organisationId: Id): Rule {
  return exists(
    () => members,
    { organisationId },
    (m) => owner(m.userId),
  );
}

function isAdmin(organisationId: Id): Rule {
  return exists(
    () => members,
    { organisationId },
    (m) => and(owner(m.userId), eq(m.role, 'admin')),
  );
}

function isCreator(organisationId: Id): Rule {
  return exists(
    () => organisations,
    { id: organisationId },
    (o) => owner(o.createdBy),
  );
}

function canReadIssue(issueId: Id): Rule {
  return exists(
    () => issues,
    { id: issueId },
    () => anyone,
    { rows: 'visible' },
  );
}

export const organisationsRelations = relations(organisations, ({ many }) => ({
  members: many(members),
  issues: many(issues),
}));

export const membersRelations = relations(members, ({ one }) => ({
  organisation: one(organisations, {
    fields: [members.organisationId],
    references: [organisations.id],
  }),
}));

export const issuesRelations = relations(issues, ({ one, many }) => ({
  organisation: one(organisations, {
    fields: [issues.organisationId],
    references: [organisations.id],
  }),
  comments: many(comments),
}));

export const commentsRelations = relations(comments, ({ one }) => ({
  issue: one(issues, { fields: [comments.issueId], references: [issues.id] }),
}));
