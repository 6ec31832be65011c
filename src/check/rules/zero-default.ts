import { aboutColumn } from '../../model/about.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { syncedColumns } from '../synced-columns.ts';

export const zeroDefault: LintRule = defineRule({
  code: 'lint/zero-default',
  severity: 'warning',
  presets: ['zero'],
  title: 'A synced column has no default in the database.',
  why: "A mutator writes the row on the client first. A value that only the database computes is null on the client until the server's row arrives, and then changes visibly.",
  inputs: ['definitions', 'database'],
  planned: 'zero/default',
  opposite: ['lint/uuid-default', 'lint/timestamp-default'],
  example: {
    bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});`,
    good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
});`,
    alike: [
      `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey().$defaultFn(() => crypto.randomUUID()),
  title: text('title'),
});
export const internal = pgSchema('internal');
export const jobs = internal.table('jobs', { id: uuid('id').primaryKey().defaultRandom() });`,
    ],
  },
  check: (schema) =>
    schema.tables.flatMap((table) =>
      syncedColumns(schema, table)
        .filter((column) => column.default === 'database' && column.generated === undefined)
        .map((column) => ({
          ...aboutColumn(table, column),
          message: `${table.exportName}.${column.key} has a default that clients cannot compute.`,
          fix: 'remove the default, and let the client set the value: newId(), Date.now(). Or accept it with zero.defaults in garden.config.ts.',
          sqlFix: 'remove the default, and let the client set the value.',
        })),
    ),
});
