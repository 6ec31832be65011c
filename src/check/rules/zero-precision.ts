import { zeroTypeOf } from '../../model/zero-type.ts';
import { aboutColumn } from '../../model/about.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { syncedColumns } from '../synced-columns.ts';

export const zeroPrecision: LintRule = defineRule({
  code: 'lint/zero-precision',
  severity: 'warning',
  presets: ['zero'],
  title: 'The values of a numeric column fit into a JavaScript number.',
  why: 'Zero has one type for numbers. A bigint beyond 2^53 - 1 makes every query for the row fail, and a numeric loses all digits after the fifteenth.',
  inputs: ['definitions'],
  planned: 'zero/big-integer',
  example: {
    bad: `export const orders = pgTable('orders', {
  id: uuid('id').primaryKey(),
  total: numeric('total').notNull(),
});`,
    good: `export const orders = pgTable('orders', {
  id: uuid('id').primaryKey(),
  total: numeric('total', { precision: 12, scale: 2 }).notNull(),
});`,
    alike: [
      `export const orders = pgTable('orders', {
  id: uuid('id').primaryKey(),
  views: bigint('views', { mode: 'number' }).notNull(),
  total: doublePrecision('total').notNull(),
});`,
    ],
  },
  check: (schema) =>
    schema.tables.flatMap((table) =>
      syncedColumns(schema, table).flatMap((column) => {
        const loss = zeroTypeOf(column.type)?.loss;
        if (loss === undefined) return [];
        return {
          ...aboutColumn(table, column),
          message: `${table.exportName}.${column.key} is a number in Zero, and ${loss === 'big' ? 'values beyond 2^53 - 1 make queries fail' : 'digits after the fifteenth are lost'}.`,
          fix:
            loss === 'big'
              ? "write { mode: 'number' } if there are no larger values, or keep them as text."
              : 'give it a precision of at most 15, or keep it as text.',
        };
      }),
    ),
});
