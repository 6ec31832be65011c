import { aboutPart, nameColumns } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const columnTwiceInIndex: LintRule = defineRule({
  code: 'lint/column-twice-in-index',
  severity: 'warning',
  presets: ['recommended'],
  title: 'No index has the same column twice.',
  why: 'The second occurrence does not change the order, and costs space in each entry. Usually another column was intended.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
}, (t) => [index('notes_author').on(t.authorId, t.authorId)]);`,
    good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
}, (t) => [index('notes_author').on(t.authorId, t.createdAt)]);`,
    alike: [
      `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [index('notes_title').using('gist', t.title.op('gist_trgm_ops'), sql\`lower(\${t.title}) gist_trgm_ops\`)]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.indexes.flatMap(({ name, columns }) => {
        const seen = new Set<string>();
        const twice = columns.flatMap((each) => {
          if (!('column' in each)) return [];
          const id = JSON.stringify([each.column, each.opclass, each.collation]);
          return seen.size === seen.add(id).size ? [each.column] : [];
        });
        if (twice.length === 0) return [];
        return {
          ...aboutPart(table, name, twice),
          message: `the index ${name} names ${nameColumns(table, twice)} twice.`,
          fix: 'name the intended column, or remove the second one.',
        };
      }),
    ),
});
