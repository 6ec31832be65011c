import { checkColumns, nameColumn } from '../column-rule.ts';
import { elementType } from '../element-type.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export interface TimestampPrecisionOptions {
  readonly precision: number;
}

export const timestampPrecision: LintRule<TimestampPrecisionOptions> = defineRule({
  code: 'lint/timestamp-precision',
  severity: 'warning',
  presets: ['house'],
  title: 'Timestamps have millisecond precision, like a JavaScript Date.',
  why: 'A Date has milliseconds and Postgres stores microseconds by default, so a value that JavaScript has read may differ from the stored value.',
  inputs: ['definitions', 'database'],
  options: {
    precision: { default: 3, help: 'the maximum number of fractional digits of a second' },
  },
  example: {
    bad: `export const visits = pgTable('visits', {
  id: uuid('id').primaryKey(),
  startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
});`,
    good: `export const visits = pgTable('visits', {
  id: uuid('id').primaryKey(),
  startedAt: timestamp('started_at', { withTimezone: true, precision: 3 }).notNull(),
});`,
    alike: [
      `export const visits = pgTable('visits', {
  id: uuid('id').primaryKey(),
  second: timestamp('second', { withTimezone: true, precision: 0 }).notNull(),
  opens: time('opens').notNull(),
});`,
    ],
  },
  check: checkColumns((column, table, { precision: most }) => {
    const type = elementType(column.type);
    if (type.kind !== 'timestamp') return undefined;
    const { precision = 6 } = type;
    if (precision <= most) return undefined;
    return most === 3
      ? {
          message: `${nameColumn(column, table)} has ${precision} digits of a second; a Date has 3.`,
          fix: 'add { precision: 3 }, or use instant() of the kit.',
          sqlFix: 'use timestamptz(3).',
        }
      : {
          message: `${nameColumn(column, table)} has ${precision} digits of a second; at most ${most} are allowed.`,
          fix: `add { precision: ${most} }.`,
          sqlFix: `use timestamptz(${most}).`,
        };
  }),
});
