import { zeroTypeOf } from '../../model/zero-type.ts';
import { aboutColumn } from '../../model/about.ts';
import { sqlType } from '../../model/sql-type.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { syncedColumns } from '../synced-columns.ts';
import { isCrashing } from './zero-crashing-type.ts';

export const zeroType: LintRule = defineRule({
  code: 'lint/zero-type',
  severity: 'warning',
  presets: ['zero'],
  title: 'Zero can sync the type of every column.',
  why: 'zero-cache skips a column of any other type, and refuses clients whose schema contains it.',
  inputs: ['definitions', 'database'],
  planned: 'zero/unsupported-type',
  example: {
    bad: `export const videos = pgTable('videos', {
  id: uuid('id').primaryKey(),
  length: interval('length').notNull(),
});`,
    good: `export const videos = pgTable('videos', {
  id: uuid('id').primaryKey(),
  lengthSeconds: integer('length_seconds').notNull(),
});`,
    alike: [
      `export const mood = pgEnum('mood', ['good', 'bad']);
export const videos = pgTable('videos', {
  id: uuid('id').primaryKey(),
  tags: text('tags').array().notNull(),
  facts: jsonb('facts').notNull(),
  mood: mood('mood').notNull(),
  address: inet('address'),
});`,
    ],
  },
  check: (schema) =>
    schema.tables.flatMap((table) =>
      syncedColumns(schema, table)
        .filter(({ type }) => zeroTypeOf(type) === undefined && !isCrashing(type))
        .map((column) => ({
          ...aboutColumn(table, column),
          message: `zero-cache cannot sync ${table.exportName}.${column.key}, which is ${sqlType(column.type)}.`,
          fix: 'store the data that clients need in a column of another type, and exclude this one from the publication.',
        })),
    ),
});
