import { baseType } from '../../model/base-type.ts';
import { sqlType } from '../../model/sql-type.ts';
import { checkColumns, nameColumn } from '../column-rule.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const timeWithZone: LintRule = defineRule({
  code: 'lint/time-with-zone',
  severity: 'warning',
  presets: ['recommended'],
  title: 'No column has the type time with time zone.',
  why: 'An offset without a date is meaningless, because of daylight saving time. Postgres has the type only because the SQL standard requires it.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const shops = pgTable('shops', {
  id: uuid('id').primaryKey(),
  opens: time('opens', { withTimezone: true }).notNull(),
});`,
    good: `export const shops = pgTable('shops', {
  id: uuid('id').primaryKey(),
  opens: time('opens').notNull(),
});`,
    alike: [
      `export const shops = pgTable('shops', {
  id: uuid('id').primaryKey(),
  openedAt: timestamp('opened_at', { withTimezone: true }).notNull(),
});`,
    ],
  },
  check: checkColumns((column, table) =>
    baseType(sqlType(column.type)).name === 'time with time zone'
      ? {
          message: `${nameColumn(column, table)} is a time with time zone.`,
          fix: 'use time() for a time of day, or timestamp(…, { withTimezone: true }) for a point in time.',
          sqlFix: 'use time for a time of day, or timestamptz for a point in time.',
        }
      : undefined,
  ),
});
