import { aboutPart, isNullable, nameColumns } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

const columns = `
  id: uuid('id').primaryKey(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  deletedAt: timestamp('deleted_at', { withTimezone: true }),
`;

export const descNullsLast: LintRule = defineRule({
  code: 'lint/desc-nulls-last',
  severity: 'warning',
  presets: ['recommended', 'zero'],
  title: 'A descending index on a NOT NULL column has NULLS FIRST, as ORDER BY … DESC has.',
  why: "Drizzle's .desc() writes DESC NULLS LAST. ORDER BY … DESC means NULLS FIRST. The index does not match, so Postgres sorts all rows instead of reading the first ones from the index.",
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const notes = pgTable('notes', {${columns}}, (t) => [index('notes_newest').on(t.createdAt.desc())]);`,
    good: `export const notes = pgTable('notes', {${columns}}, (t) => [index('notes_newest').on(t.createdAt.desc().nullsFirst())]);`,
    alike: [
      `export const notes = pgTable('notes', {${columns}}, (t) => [
  index('notes_newest').on(t.createdAt),
  index('notes_deleted').on(t.deletedAt.desc().nullsLast()),
]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.indexes
        .filter(({ method }) => method === 'btree')
        .flatMap(({ name, columns: keys }) => {
          const found = keys.flatMap((key) =>
            'column' in key && key.order === 'desc' && key.nulls === 'last' && !key.orderLost
              ? [key.column]
              : [],
          );
          const required = found.filter((column) => !isNullable(table, column));
          if (required.length === 0) return [];
          return {
            ...aboutPart(table, name, required),
            message: `the index ${name} sorts ${nameColumns(table, required)} DESC NULLS LAST, and ORDER BY … DESC cannot use it.`,
            fix: 'write .desc().nullsFirst(), or omit .desc(): Postgres can read an index of one column in either direction.',
            sqlFix:
              'write DESC without NULLS LAST, or omit DESC: Postgres can read an index of one column in either direction.',
          };
        }),
    ),
});
