import { checkColumns, nameColumn } from '../column-rule.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const serialColumn: LintRule = defineRule({
  code: 'lint/serial-column',
  severity: 'warning',
  presets: ['recommended', 'supabase'],
  title: 'An auto-increment column is an identity column, not a serial.',
  why: 'The sequence of a serial has separate permissions, so a role that may INSERT can still fail. Writers can also insert values that the sequence generates later.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const orders = pgTable('orders', { id: serial('id').primaryKey() });`,
    good: `export const orders = pgTable('orders', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
});`,
    alike: [
      `export const orders = pgTable('orders', {
  id: uuid('id').primaryKey().defaultRandom(),
  count: integer('count').notNull().default(1),
});`,
    ],
  },
  check: checkColumns((column, table) => {
    const { type, defaultSql, identity } = column;
    // Of all generated columns, only a serial has neither of the two.
    const isSerial =
      column.default === 'database' && defaultSql === undefined && identity === undefined;
    if (!isSerial || type.kind !== 'integer') return undefined;
    return {
      message: `${nameColumn(column, table)} is a serial.`,
      fix: `use ${{ 16: 'smallint', 32: 'integer', 64: 'bigint' }[type.bits]}(…).generatedAlwaysAsIdentity(), or generatedByDefaultAsIdentity() if clients insert rows through Zero.`,
      sqlFix: `use ${{ 16: 'smallint', 32: 'integer', 64: 'bigint' }[type.bits]} GENERATED ALWAYS AS IDENTITY, or BY DEFAULT if clients insert rows through Zero.`,
    };
  }),
});
