import { relations, sql } from 'drizzle-orm';
import { check, index, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';

const time = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: 'date' }).notNull();

export const organisations = pgTable(
  'organisations',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: time('created_at'),
    updatedAt: time('updated_at'),
  },
  (t) => [
    index('idx_organisations_created_by').on(t.createdBy),
    check('organisations_name_check', sql`${t.name} ~ '[^[:space:]]' and length(${t.name}) <= 80`),
  ],
);

export const members = pgTable(
  'members',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    userId: uuid('user_id').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: ['admin', 'member'] }).notNull(),
    createdAt: time('created_at'),
  },
  (t) => [
    unique('members_organisation_id_user_id_unique').on(t.organisationId, t.userId),
    index('idx_members_user_id').on(t.userId),
    check('members_name_check', sql`${t.name} ~ '[^[:space:]]' and length(${t.name}) <= 80`),
    check('members_role_check', sql`${t.role} in ('admin', 'member')`),
  ],
);

export const issues = pgTable(
  'issues',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    title: text('title').notNull(),
    status: text('status', { enum: ['open', 'done'] }).notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: time('created_at'),
    updatedAt: time('updated_at'),
  },
  (t) => [
    index('idx_issues_organisation_id_created_at').on(t.organisationId, t.createdAt),
    check('issues_title_check', sql`${t.title} ~ '[^[:space:]]' and length(${t.title}) <= 200`),
    check('issues_status_check', sql`${t.status} in ('open', 'done')`),
  ],
);

export const comments = pgTable(
  'comments',
  {
    id: uuid('id').primaryKey(),
    issueId: uuid('issue_id')
      .notNull()
      .references(() => issues.id, { onDelete: 'cascade' }),
    body: text('body').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: time('created_at'),
    updatedAt: time('updated_at'),
  },
  (t) => [
    index('idx_comments_issue_id_created_at').on(t.issueId, t.createdAt),
    check('comments_body_check', sql`${t.body} ~ '[^[:space:]]' and length(${t.body}) <= 10000`),
  ],
);

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
