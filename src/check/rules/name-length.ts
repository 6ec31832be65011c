import { aboutPart } from '../about-columns.ts';
import { aboutTable } from '../../model/about.ts';
import type { Table } from '../../model/table.ts';
import { defineRule, type LintRule, type Violation } from '../lint-rule.ts';
import { namedParts } from '../named-parts.ts';

export const nameLength: LintRule = defineRule({
  code: 'lint/name-length',
  severity: 'warning',
  presets: ['recommended', 'zero'],
  title: 'No name is longer than 63 bytes.',
  why: 'Postgres truncates longer names without an error. Two names with the same beginning can become equal, and tools that compare names no longer match the object with its definition.',
  inputs: ['definitions', 'database'],
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
  check: (schema) => [
    ...schema.tables.flatMap((table) => [
      ...[table, ...table.columns].flatMap(({ name, cutFrom }): readonly Violation[] =>
        cutFrom === undefined
          ? []
          : [
              {
                ...(name === table.name ? aboutTable(table) : aboutPart(table, name, [name])),
                message: tooLong(name === table.name ? 'table' : 'column', name, cutFrom, table),
                fix: 'shorten the name.',
              },
            ],
      ),
      ...namedParts(schema, table).flatMap(({ kind, name, cutFrom }): readonly Violation[] =>
        cutFrom === undefined
          ? []
          : [
              {
                ...aboutPart(table, name, []),
                message: tooLong(kind, name, cutFrom, table),
                fix:
                  kind === 'index' || kind === 'policy' || kind === 'check'
                    ? 'shorten the name.'
                    : `name it: ${NAMED[kind]}({ name: '…', … }).`,
                sqlFix: 'shorten the name.',
              },
            ],
      ),
    ]),
    ...(schema.cutNames ?? []).map(({ name, cutFrom, at }) => ({
      object: name,
      places: at === undefined ? [] : [{ ...at, name }],
      message: `the name ${cutFrom} has ${bytesOf(cutFrom)} bytes; Postgres cuts it to ${name}.`,
      fix: 'shorten the name.',
    })),
  ],
});

const tooLong = (kind: string, name: string, written: string, { exportName }: Table): string => {
  const owner = kind === 'table' ? '' : ` of ${exportName}`;
  return `the ${kind} ${written}${owner} has ${bytesOf(written)} bytes; Postgres cuts it to ${name}.`;
};

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

const NAMED = {
  'primary key': 'primaryKey',
  'unique constraint': 'unique',
  'foreign key': 'foreignKey',
} as const;
