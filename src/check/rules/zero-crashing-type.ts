import { aboutColumn } from '../../model/about.ts';
import { baseType } from '../../model/base-type.ts';
import type { ColumnType } from '../../model/column-type.ts';
import { sqlType } from '../../model/sql-type.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { syncedColumns } from '../synced-columns.ts';

export const zeroCrashingType: LintRule = defineRule({
  code: 'lint/zero-crashing-type',
  severity: 'error',
  presets: ['zero'],
  title: 'No published column is a point, a line or a box.',
  why: 'zero-cache 1.9 crashes during the initial copy of such a column, and syncs no tables at all.',
  inputs: ['definitions', 'database'],
  planned: 'zero/unsupported-type',
  example: {
    bad: `export const places = pgTable('places', {
  id: uuid('id').primaryKey(),
  at: point('at').notNull(),
});`,
    good: `export const places = pgTable('places', {
  id: uuid('id').primaryKey(),
  latitude: doublePrecision('latitude').notNull(),
  longitude: doublePrecision('longitude').notNull(),
});`,
    alike: [
      `export const internal = pgSchema('internal');
export const places = internal.table('places', {
  id: uuid('id').primaryKey(),
  at: point('at').notNull(),
});
export const games = pgTable('games', { id: uuid('id').primaryKey(), point: integer('point').notNull() });`,
    ],
  },
  check: (schema) =>
    schema.tables.flatMap((table) =>
      syncedColumns(schema, table)
        .filter(({ type }) => isCrashing(type))
        .map((column) => ({
          ...aboutColumn(table, column),
          message: `${table.exportName}.${column.key} is a ${sqlType(column.type)}, which crashes zero-cache.`,
          fix: 'use numeric columns, or exclude the column with a column list in the publication.',
        })),
    ),
});

const CRASHING = new Set(['point', 'line', 'lseg', 'box']);

export const isCrashing = (type: ColumnType): boolean => {
  const { name, dimensions } = baseType(sqlType(type));
  return dimensions === 0 && CRASHING.has(name);
};
