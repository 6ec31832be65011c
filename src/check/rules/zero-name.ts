import { aboutColumn, aboutTable } from '../../model/about.ts';
import { schemaOf } from '../../model/table-id.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { syncedColumns, syncedTables } from '../synced-columns.ts';

export const zeroName: LintRule = defineRule({
  code: 'lint/zero-name',
  severity: 'error',
  presets: ['zero'],
  title: 'Zero supports the names of tables and columns.',
  why: 'A table name consists of letters, digits, _ and -, and begins with a letter or _. The column name _0_version is reserved by zero-cache. It refuses to replicate other names.',
  inputs: ['definitions', 'database'],
  planned: 'zero/column-name',
  example: {
    bad: `export const notes = pgTable('my notes', { id: uuid('id').primaryKey() });`,
    good: `export const notes = pgTable('my_notes', { id: uuid('id').primaryKey() });`,
    alike: [
      `export const notes = pgTable('My-notes2', {
  id: uuid('id').primaryKey(),
  version: integer('version_0').notNull(),
  dotted: text('a.b'),
});`,
    ],
  },
  check: (schema) =>
    syncedTables(schema).flatMap((table) => [
      ...[schemaOf(table), table.name]
        .filter((name) => !TABLE.test(name))
        .map((name) => ({
          ...aboutTable(table),
          message: `zero-cache does not support the name ${JSON.stringify(name)} of ${table.exportName}.`,
          fix: 'rename it in the database; the name in TypeScript can stay.',
          sqlFix: 'rename it.',
        })),
      ...syncedColumns(schema, table)
        .filter(({ name }) => !COLUMN.test(name) || name === '_0_version')
        .map((column) => ({
          ...aboutColumn(table, column),
          message: `zero-cache does not support the column name ${JSON.stringify(column.name)}.`,
          fix: 'rename it in the database; the name in TypeScript can stay.',
          sqlFix: 'rename it.',
        })),
    ]),
});

const TABLE = /^[A-Za-z_]+[A-Za-z0-9_-]*$/;
const COLUMN = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
