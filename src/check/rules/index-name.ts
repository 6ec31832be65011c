import { checkNames, type NameOptions } from '../name-pattern.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const indexName: LintRule<NameOptions> = defineRule({
  code: 'lint/index-name',
  severity: 'warning',
  presets: ['house', 'gateway'],
  title: 'Indexes follow one naming pattern: idx_{table}_{columns}.',
  why: 'Query plans, errors and statistics show only the name of the index. With a pattern, the name tells its table and columns.',
  inputs: ['definitions', 'database'],
  options: {
    pattern: {
      default: 'idx_{table}_{columns}',
      help: 'the name, with {table} and {columns}; any suffix may follow, as in idx_notes_title_alive',
    },
  },
  example: {
    bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [index('by_title').on(t.title)]);`,
    good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [index('idx_notes_title').on(t.title)]);`,
    alike: [
      `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull().unique(),
  tag: text('tag').notNull(),
}, (t) => [
  index('idx_notes_words').using('gin', sql\`to_tsvector('english', \${t.title})\`),
  index('idx_notes_tag_title').on(t.tag, t.title),
]);`,
    ],
  },
  check: checkNames('index', ({ columns, hasExpression }) => (hasExpression ? undefined : columns)),
});
