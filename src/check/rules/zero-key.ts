import { aboutTable } from '../../model/about.ts';
import type { Table } from '../../model/table.ts';
import { columnOf, isNullable } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { isComparable, syncedColumns, syncedTables } from '../synced-columns.ts';

export const zeroKey: LintRule = defineRule({
  code: 'lint/zero-key',
  severity: 'error',
  presets: ['zero'],
  title: 'A synced table has a key that Zero can use.',
  why: 'zero-cache needs a primary key or a unique index over NOT NULL columns, and the client compares its values. zero-cache ignores a table without one.',
  inputs: ['definitions', 'database'],
  planned: 'zero/no-key',
  example: {
    bad: `export const settings = pgTable('settings', {
  path: text('path').array().primaryKey(),
  value: text('value').notNull(),
});`,
    good: `export const settings = pgTable('settings', {
  id: uuid('id').primaryKey(),
  path: text('path').array().notNull().unique(),
  value: text('value').notNull(),
});`,
    alike: [
      `export const settings = pgTable('settings', {
  path: text('path').notNull(),
  value: text('value').notNull(),
}, (t) => [uniqueIndex('settings_path').on(t.path)]);`,
    ],
  },
  check: (schema) =>
    syncedTables(schema).flatMap((table) => {
      const synced = new Set(
        syncedColumns(schema, table)
          .filter(isComparable)
          .map(({ name }) => name),
      );
      const isUsable = (key: readonly string[]): boolean =>
        key.length > 0 && key.every((name) => synced.has(name) && !isNullable(table, name));
      if (keysOf(table).some(isUsable)) return [];
      return {
        ...aboutTable(table),
        message: `${table.exportName} has no primary key and no unique index over NOT NULL columns that Zero can sync and compare.`,
        fix: "add id: uuid('id').primaryKey(), or leave the table out of the publication.",
        sqlFix: 'add id uuid PRIMARY KEY, or leave the table out of the publication.',
      };
    }),
});

function keysOf(table: Table): readonly (readonly string[])[] {
  const indexes = table.indexes.filter(({ unique, where, invalid, columns }) => {
    const isPlain = columns.every((key) => 'column' in key && columnOf(table, key.column));
    return unique && where === undefined && invalid === undefined && isPlain;
  });
  return [
    table.primaryKey?.columns ?? [],
    ...table.uniques.map(({ columns }) => columns),
    ...indexes.map(({ columns }) => columns.flatMap((key) => ('column' in key ? key.column : []))),
  ];
}
