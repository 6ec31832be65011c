import { quoteName, quoteTable } from '../../model/quote-sql.ts';
import { schemaOf } from '../../model/table-id.ts';
import { aboutPart, columnOf } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const btreeOnContainer: LintRule = defineRule({
  code: 'lint/btree-on-container',
  severity: 'warning',
  presets: ['recommended'],
  title: 'Arrays and jsonb are indexed with GIN.',
  why: 'A B-tree compares the whole value. It does not serve @>, && or ?, and a write fails when a value exceeds 2,704 bytes.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const posts = pgTable('posts', {
  id: uuid('id').primaryKey(),
  tags: text('tags').array().notNull(),
}, (t) => [index('posts_tags').on(t.tags)]);`,
    good: `export const posts = pgTable('posts', {
  id: uuid('id').primaryKey(),
  tags: text('tags').array().notNull(),
}, (t) => [index('posts_tags').using('gin', t.tags)]);`,
    alike: [
      `export const posts = pgTable('posts', {
  id: uuid('id').primaryKey(),
  tags: text('tags').array().notNull().unique(),
  facts: jsonb('facts').notNull(),
}, (t) => [index('posts_author').on(sql\`(\${t.facts} ->> 'author')\`)]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.indexes
        .filter(({ method, unique }) => method === 'btree' && !unique)
        .flatMap(({ name, columns: [first, ...others], where }) => {
          const column = first && 'column' in first ? columnOf(table, first.column) : undefined;
          const kind = column?.type.kind;
          if (column === undefined || (kind !== 'array' && kind !== 'json')) return [];
          const isAlone = others.length === 0 && where === undefined;
          return {
            ...aboutPart(table, name, [column.name]),
            message: `the index ${name} is a B-tree over ${table.exportName}.${column.key}, which is ${kind === 'array' ? 'an array' : 'jsonb'}.`,
            fix: `write index('${name}').using('gin', t.${column.key}).`,
            sqlFix: 'use a GIN index.',
            // With an operator class or a second column, GIN may need a different operator class.
            ...(isAlone && {
              paste: {
                drizzle: `index('${name}').using('gin', t.${column.key}),`,
                sql: `DROP INDEX ${quoteName(schemaOf(table), name)};\nCREATE INDEX ${quoteName(name)} ON ${quoteTable(table.id)} USING gin (${quoteName(column.name)});`,
              },
            }),
          };
        }),
    ),
});
