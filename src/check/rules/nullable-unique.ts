import type { Table } from '../../model/table.ts';
import { aboutPart, isNullable, nameColumns } from '../about-columns.ts';
import { nullConditions } from '../index-conditions.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { leadingColumns, tablePaths, type TablePath } from '../table-paths.ts';

export const nullableUnique: LintRule = defineRule({
  code: 'lint/nullable-unique',
  severity: 'warning',
  presets: ['recommended'],
  title: 'A unique key of several columns declares how it treats NULL.',
  why: 'Postgres treats two NULLs as different, so rows that are equal except for a NULL can be inserted any number of times.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const folders = pgTable('folders', {
  id: uuid('id').primaryKey(),
  parentId: uuid('parent_id'),
  name: text('name').notNull(),
}, (t) => [unique('folders_name').on(t.parentId, t.name)]);`,
    good: `export const folders = pgTable('folders', {
  id: uuid('id').primaryKey(),
  parentId: uuid('parent_id'),
  name: text('name').notNull(),
}, (t) => [unique('folders_name').on(t.parentId, t.name).nullsNotDistinct()]);`,
    alike: [
      `export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  email: text('email').unique(),
});`,
      `export const folders = pgTable('folders', {
  id: uuid('id').primaryKey(),
  parentId: uuid('parent_id'),
  name: text('name').notNull(),
}, (t) => [
  uniqueIndex('folders_name').on(t.parentId, t.name),
  uniqueIndex('folders_root_name').on(t.name).where(isNull(t.parentId)),
]);`,
      `export const folders = pgTable('folders', {
  id: uuid('id').primaryKey(),
  parentId: uuid('parent_id'),
  name: text('name').notNull(),
}, (t) => [uniqueIndex('folders_name').on(t.parentId, t.name).where(isNotNull(t.parentId))]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      tablePaths(table).flatMap((path) => {
        if (!path.unique || path.nullsNotDistinct || path.columns.length < 2) return [];
        const open = leadingColumns(path).filter((name) => isOpen(table, path, name));
        if (open.length === 0) return [];
        return {
          ...aboutPart(table, path.name, open),
          message: `${path.name} allows duplicate rows while ${nameColumns(table, open)} is NULL.`,
          fix: 'add .nullsNotDistinct() to the unique constraint, make the column NOT NULL, or restrict a unique index with .where(isNotNull(…)).',
          sqlFix:
            'add NULLS NOT DISTINCT to the unique constraint, make the column NOT NULL, or restrict a unique index with WHERE … IS NOT NULL.',
        };
      }),
    ),
});

/** Whether the schema does not say how NULL in the column is treated. */
function isOpen(table: Table, path: TablePath, name: string): boolean {
  if (!isNullable(table, name)) return false;
  if (path.where !== undefined && nullConditions(path.where).notNull.includes(name)) return false;
  return !table.indexes.some(
    ({ unique, where }) =>
      unique && where !== undefined && nullConditions(where).null.includes(name),
  );
}
