import { checkNames, type NameOptions } from '../name-pattern.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

const users = `export const users = pgTable('users', { id: uuid('id').primaryKey() });`;

export const foreignKeyName: LintRule<NameOptions> = defineRule({
  code: 'lint/foreign-key-name',
  severity: 'warning',
  presets: ['house', 'gateway'],
  title: 'Foreign keys follow one naming pattern: fk_{table}_{columns}_{target}.',
  why: 'Errors of the database show the name of the constraint. With a pattern, the name tells which column references which table.',
  inputs: ['definitions', 'database'],
  options: {
    pattern: {
      default: 'fk_{table}_{columns}_{target}',
      help: 'the name, with {table}, {columns} and {target}',
    },
  },
  example: {
    bad: `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').references(() => users.id),
}, (t) => [index('idx_notes_author_id').on(t.authorId)]);`,
    good: `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id'),
}, (t) => [
  foreignKey({ name: 'fk_notes_author_id_users', columns: [t.authorId], foreignColumns: [users.id] }),
  index('idx_notes_author_id').on(t.authorId),
]);`,
    alike: [
      `export const organizations = pgTable('organization_membership_requests', { id: uuid('id').primaryKey() });
export const notes = pgTable('notification_delivery_notes', {
  id: uuid('id').primaryKey(),
  organizationId: uuid('organization_id'),
}, (t) => [
  foreignKey({ name: 'fk_notification_delivery_notes_organization_id_organization_mem', columns: [t.organizationId], foreignColumns: [organizations.id] }),
  index('idx_notification_delivery_notes_organization_id').on(t.organizationId),
]);`,
    ],
  },
  check: checkNames('foreign key', ({ columns }) => columns),
});
