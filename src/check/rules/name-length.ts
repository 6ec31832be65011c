import { aboutPart } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { namedParts } from '../named-parts.ts';

export const nameLength: LintRule = defineRule({
  code: 'lint/name-length',
  severity: 'warning',
  presets: ['recommended', 'zero'],
  title: 'No name is longer than 63 bytes.',
  why: 'Postgres truncates longer names without an error. Two names with the same beginning can become equal, and tools that compare names no longer match the object with its definition.',
  inputs: ['definitions'],
  example: {
    bad: `export const notifications = pgTable('notification_delivery_preferences', {
  id: uuid('id').primaryKey(),
  accountId: uuid('account_id').notNull(),
}, (t) => [index('idx_notification_delivery_preferences_account_id_created_at_channel').on(t.accountId)]);`,
    good: `export const notifications = pgTable('notification_delivery_preferences', {
  id: uuid('id').primaryKey(),
  accountId: uuid('account_id').notNull(),
}, (t) => [index('idx_notification_delivery_preferences_account_id').on(t.accountId)]);`,
    alike: [
      `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [index('idx_notes_title_with_a_name_that_has_sixty_three_bytes_to_the_e').on(t.title)]);`,
    ],
  },
  check: (schema) =>
    schema.tables.flatMap((table) =>
      namedParts(schema, table).flatMap(({ kind, name, cutFrom }) =>
        cutFrom === undefined
          ? []
          : {
              ...aboutPart(table, name, []),
              message: `the ${kind} ${cutFrom} of ${table.exportName} has ${new TextEncoder().encode(cutFrom).length} bytes; Postgres cuts it to ${name}.`,
              fix:
                kind === 'index' || kind === 'policy' || kind === 'check'
                  ? 'shorten the name.'
                  : `name it: ${NAMED[kind]}({ name: '…', … }).`,
            },
      ),
    ),
});

const NAMED = {
  'primary key': 'primaryKey',
  'unique constraint': 'unique',
  'foreign key': 'foreignKey',
} as const;
