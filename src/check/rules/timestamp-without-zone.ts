import { checkColumns, nameColumn } from '../column-rule.ts';
import { elementType } from '../element-type.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const timestampWithoutZone: LintRule = defineRule({
  code: 'lint/timestamp-without-zone',
  severity: 'warning',
  presets: ['recommended', 'supabase', 'gateway'],
  title: 'A point in time is timestamptz.',
  why: 'timestamp without time zone stores a wall-clock time without its zone: sessions with different time zones read the same row as different points in time.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const visits = pgTable('visits', {
  id: uuid('id').primaryKey(),
  startedAt: timestamp('started_at').notNull(),
});`,
    good: `export const visits = pgTable('visits', {
  id: uuid('id').primaryKey(),
  startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
});`,
    alike: [
      `export const visits = pgTable('visits', {
  id: uuid('id').primaryKey(),
  day: date('day').notNull(),
  opens: time('opens').notNull(),
});`,
    ],
  },
  check: checkColumns((column, table) => {
    const type = elementType(column.type);
    return type.kind === 'timestamp' && !type.withTimezone
      ? {
          message: `${nameColumn(column, table)} is a timestamp without time zone.`,
          fix: 'add { withTimezone: true }.',
          sqlFix: 'use timestamptz.',
        }
      : undefined;
  }),
});
