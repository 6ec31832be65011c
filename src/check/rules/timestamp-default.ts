import { checkColumns, nameColumn } from '../column-rule.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export interface TimestampDefaultOptions {
  readonly columns: readonly string[];
}

export const timestampDefault: LintRule<TimestampDefaultOptions> = defineRule({
  code: 'lint/timestamp-default',
  severity: 'warning',
  presets: ['patterns'],
  title: 'created_at and updated_at have a default.',
  why: 'Without a default, an INSERT that omits them fails or leaves them NULL.',
  inputs: ['definitions', 'database'],
  opposite: ['lint/zero-default'],
  options: {
    columns: { default: ['created_at', 'updated_at'], help: 'the names of the columns' },
  },
  example: {
    bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
});`,
    good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});`,
    alike: [
      `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  publishedAt: timestamp('published_at', { withTimezone: true }),
  deletedAt: timestamp('deleted_at', { withTimezone: true }),
});`,
    ],
  },
  check: checkColumns((column, table, { columns }) => {
    const isTime = column.type.kind === 'timestamp' || column.type.kind === 'date';
    if (!isTime || !columns.includes(column.name) || column.defaultSql !== undefined)
      return undefined;
    return {
      message: `${nameColumn(column, table)} has no default.`,
      fix: 'add .defaultNow().',
      sqlFix: 'add DEFAULT now().',
    };
  }),
});
