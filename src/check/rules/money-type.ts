import { baseType } from '../../model/base-type.ts';
import { sqlType } from '../../model/sql-type.ts';
import { checkColumns, nameColumn } from '../column-rule.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const moneyType: LintRule = defineRule({
  code: 'lint/money-type',
  severity: 'warning',
  presets: ['recommended'],
  title: 'No column is money.',
  why: "The type has no currency. The server's lc_monetary decides how values are read and printed, and changing it changes their meaning.",
  inputs: ['definitions', 'database'],
  example: {
    bad: `const money = customType<{ data: string }>({ dataType: () => 'money' });
export const orders = pgTable('orders', {
  id: uuid('id').primaryKey(),
  total: money('total').notNull(),
});`,
    good: `export const orders = pgTable('orders', {
  id: uuid('id').primaryKey(),
  total: numeric('total', { precision: 12, scale: 2 }).notNull(),
});`,
    alike: [
      `export const orders = pgTable('orders', {
  id: uuid('id').primaryKey(),
  money: integer('money').notNull(),
});`,
    ],
  },
  check: checkColumns((column, table) =>
    baseType(sqlType(column.type)).name === 'money'
      ? {
          message: `${nameColumn(column, table)} is of the type money.`,
          fix: 'use numeric(…), or an integer that counts cents, and a column for the currency.',
        }
      : undefined,
  ),
});
