import { aboutPart, columnOf } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const booleanIndex: LintRule = defineRule({
  code: 'lint/boolean-index',
  severity: 'warning',
  presets: ['recommended'],
  title: 'No index has a boolean as its only column.',
  why: 'A boolean has two values, so each of them matches too many rows for an index to help. A partial index on other queried columns, restricted to the rarer value, is small and gets used.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const jobs = pgTable('jobs', {
  id: uuid('id').primaryKey(),
  done: boolean('done').notNull(),
  runAt: timestamp('run_at', { withTimezone: true }).notNull(),
}, (t) => [index('jobs_done').on(t.done)]);`,
    good: `export const jobs = pgTable('jobs', {
  id: uuid('id').primaryKey(),
  done: boolean('done').notNull(),
  runAt: timestamp('run_at', { withTimezone: true }).notNull(),
}, (t) => [index('jobs_due').on(t.runAt).where(sql\`not \${t.done}\`)]);`,
    alike: [
      `export const jobs = pgTable('jobs', {
  id: uuid('id').primaryKey(),
  done: boolean('done').notNull(),
  runAt: timestamp('run_at', { withTimezone: true }).notNull(),
}, (t) => [
  index('jobs_done').on(t.done, t.runAt),
  uniqueIndex('jobs_one_open').on(t.done).where(sql\`not \${t.done}\`),
]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.indexes.flatMap(({ name, unique, columns, where }) => {
        const [first, ...others] = columns;
        if (unique || where !== undefined || first === undefined || others.length > 0) return [];
        const column = 'column' in first ? columnOf(table, first.column) : undefined;
        if (column?.type.kind !== 'boolean') return [];
        return {
          ...aboutPart(table, name, [column.name]),
          message: `the index ${name} has the boolean ${table.exportName}.${column.key} as its only column.`,
          fix: 'remove it, or index the column that queries sort by, with .where(…) for the rarer value.',
          sqlFix:
            'remove it, or index the column that queries sort by, with WHERE for the rarer value.',
        };
      }),
    ),
});
