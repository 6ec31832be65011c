import { quoteName } from '../../model/quote-sql.ts';
import { schemaOf } from '../../model/table-id.ts';
import type { IndexColumn } from '../../model/table-index.ts';
import type { Table } from '../../model/table.ts';
import { aboutPart } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { leadingColumns, tablePaths, type TablePath } from '../table-paths.ts';

export const redundantIndex: LintRule = defineRule({
  code: 'lint/redundant-index',
  severity: 'warning',
  presets: ['recommended', 'supabase'],
  title: 'No index duplicates another index or the beginning of one.',
  why: 'A B-tree serves every query that an index over its first columns would serve. The second index costs space and slows each write, without a benefit.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
}, (t) => [
  index('notes_author').on(t.authorId),
  index('notes_author_time').on(t.authorId, t.createdAt),
]);`,
    good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
}, (t) => [index('notes_author_time').on(t.authorId, t.createdAt)]);`,
    alike: [
      `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').notNull(),
  slug: text('slug').notNull(),
}, (t) => [
  uniqueIndex('notes_slug').on(t.slug),
  index('notes_slug_author').on(t.slug, t.authorId),
  index('notes_slug_pattern').on(t.slug.op('text_pattern_ops')),
  index('notes_author').on(t.authorId).where(sql\`\${t.slug} <> ''\`),
  index('notes_author_slug').on(t.authorId, t.slug),
]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) => {
      const paths = tablePaths(table);
      return paths.flatMap((path, at) => {
        if (path.owner !== 'index') return [];
        const other = paths.find((one, place) => one !== path && covers(one, path, place < at));
        return other === undefined ? [] : [violation(table, path, other)];
      });
    }),
});

function violation(table: Table, path: TablePath, other: TablePath) {
  const same = other.columns.length === path.columns.length;
  const owner =
    other.owner === 'index' ? `the index ${other.name}` : `the ${other.owner} ${other.name}`;
  return {
    ...aboutPart(table, path.name, leadingColumns(path)),
    message: `the index ${path.name} of ${table.exportName} repeats ${same ? '' : 'the beginning of '}${owner}.`,
    fix: `remove the index ${path.name}.`,
    paste: { sql: `DROP INDEX ${quoteName(schemaOf(table), path.name)};` },
  };
}

/**
 * Whether an index can replace another one. If two indexes are equal, only the second is redundant.
 */
function covers(one: TablePath, other: TablePath, isFirst: boolean): boolean {
  const length = other.columns.length;
  const same = one.columns.length === length;
  if (one.method !== other.method || one.where?.trim() !== other.where?.trim()) return false;
  if (one.columns.length < length || (!same && one.method !== 'btree')) return false;
  if (!isSameOrder(one.columns.slice(0, length), other.columns)) return false;
  const stored = new Set([...leadingColumns(one), ...one.included]);
  if (!other.included.every((name) => stored.has(name))) return false;
  if (one.method !== 'btree' && JSON.stringify(one.with) !== JSON.stringify(other.with))
    return false;
  if (other.unique) {
    const isAsStrict =
      one.unique && !one.deferrable && one.nullsNotDistinct === other.nullsNotDistinct;
    if (!same || !isAsStrict) return false;
  }
  const isEqual =
    same && one.unique === other.unique && one.included.length === other.included.length;
  return !isEqual || isFirst;
}

/** The same columns in the same order, or in its exact reverse: a B-tree is read from both ends. */
function isSameOrder(a: readonly IndexColumn[], b: readonly IndexColumn[]): boolean {
  const key = (column: IndexColumn, flip: boolean): string => {
    const { order, nulls, ...rest } = column;
    const sorted = Object.entries(rest).toSorted(([x], [y]) => (x < y ? -1 : 1));
    return JSON.stringify([sorted, (order === 'desc') !== flip, (nulls === 'first') !== flip]);
  };
  return [false, true].some((flip) =>
    b.every((column, at) => {
      const other = a[at];
      return other !== undefined && key(other, false) === key(column, flip);
    }),
  );
}
