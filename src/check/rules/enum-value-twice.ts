import { aboutColumn } from '../../model/about.ts';
import type { Enum } from '../../model/enum.ts';
import type { Table } from '../../model/table.ts';
import { qualifiedName, schemaOf } from '../../model/table-id.ts';
import { elementType } from '../element-type.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const enumValueTwice: LintRule = defineRule({
  code: 'lint/enum-value-twice',
  severity: 'error',
  presets: ['recommended', 'zero'],
  title: 'No enum has the same value twice.',
  why: 'Postgres refuses the enum, so the migration fails.',
  inputs: ['definitions'],
  example: {
    bad: `export const mood = pgEnum('mood', ['calm', 'glad', 'calm']);
export const notes = pgTable('notes', { id: uuid('id').primaryKey(), mood: mood('mood') });`,
    good: `export const mood = pgEnum('mood', ['calm', 'glad']);
export const notes = pgTable('notes', { id: uuid('id').primaryKey(), mood: mood('mood') });`,
    alike: [
      `export const mood = pgEnum('mood', ['calm', 'Calm', 'calm ']);
export const state = pgEnum('state', ['calm']);`,
    ],
  },
  check: ({ tables, enums }) =>
    enums.flatMap((one) => {
      const twice = one.values.filter((value, at) => one.values.indexOf(value) < at);
      return [...new Set(twice)].map((value) => ({
        object: qualifiedName(one),
        places: tables.flatMap((table) => placesIn(table, one)),
        message: `the enum ${one.name} has the value ${value} twice.`,
        fix: 'remove one of them.',
      }));
    }),
});

/** An enum has no place of its own: its columns have. */
const placesIn = (table: Table, one: Enum) =>
  table.columns.flatMap((column) => {
    const type = elementType(column.type);
    const isOf = type.kind === 'enum' && type.name === one.name && schemaOf(type) === schemaOf(one);
    return isOf ? aboutColumn(table, column).places : [];
  });
