import { checkColumns, nameColumn } from '../column-rule.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const timestampPrecision: LintRule = defineRule({
  code: 'lint/timestamp-precision',
  severity: 'warning',
  presets: ['house'],
  title: 'Timestamps have milliseconds, as JavaScript has.',
  why: 'A Date holds milliseconds, and Postgres stores microseconds, so a value that was read is not equal to the stored value.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const visits = pgTable('visits', {
  id: uuid('id').primaryKey(),
  startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
});`,
    good: `export const visits = pgTable('visits', {
  id: uuid('id').primaryKey(),
  startedAt: timestamp('started_at', { withTimezone: true, precision: 3 }).notNull(),
});`,
  },
  check: checkColumns((column, table) => {
    if (column.type.kind !== 'timestamp') return undefined;
    const { precision } = column.type;
    if (precision !== undefined && precision <= 3) return undefined;
    return {
      message: `${nameColumn(column, table)} has ${precision ?? 6} digits of a second; a Date has 3.`,
      fix: 'add { precision: 3 }, or use instant() of the kit.',
    };
  }),
});
