import { aboutPart, nameColumns } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { namedParts } from '../named-parts.ts';

export const keyColumnTwice: LintRule = defineRule({
  code: 'lint/key-column-twice',
  severity: 'error',
  presets: ['recommended'],
  title: 'No key names a column twice.',
  why: 'Postgres refuses the constraint, so the migration fails.',
  inputs: ['definitions'],
  example: {
    bad: `export const pairs = pgTable('pairs', {
  a: uuid('a').notNull(),
  b: uuid('b').notNull(),
}, (t) => [primaryKey({ columns: [t.a, t.a] })]);`,
    good: `export const pairs = pgTable('pairs', {
  a: uuid('a').notNull(),
  b: uuid('b').notNull(),
}, (t) => [primaryKey({ columns: [t.a, t.b] })]);`,
    alike: [
      `export const pairs = pgTable('pairs', {
  a: uuid('a').notNull(),
  b: uuid('b').notNull(),
}, (t) => [primaryKey({ columns: [t.a, t.b] }), unique('pairs_reversed').on(t.b, t.a)]);`,
    ],
  },
  check: (schema) =>
    schema.tables.flatMap((table) =>
      namedParts(schema, table)
        .filter(({ kind }) => KEYS.has(kind))
        .flatMap(({ kind, name, columns }) => {
          const twice = columns.filter((column, at) => columns.indexOf(column) !== at);
          if (twice.length === 0) return [];
          return {
            ...aboutPart(table, name, twice),
            message: `the ${kind} ${name} names ${nameColumns(table, twice)} twice.`,
            fix: 'name the intended column, or remove the second one.',
          };
        }),
    ),
});

const KEYS: ReadonlySet<string> = new Set(['primary key', 'unique constraint', 'foreign key']);
