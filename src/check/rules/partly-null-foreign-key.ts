import type { Table } from '../../model/table.ts';
import { aboutPart, isNullable, nameColumns } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

const places = `export const places = pgTable('places', {
  country: text('country').notNull(),
  city: text('city').notNull(),
}, (t) => [primaryKey({ columns: [t.country, t.city] })]);`;

export const partlyNullForeignKey: LintRule = defineRule({
  code: 'lint/partly-null-foreign-key',
  severity: 'warning',
  presets: ['recommended'],
  title: 'At most one column of a foreign key may be NULL, unless a CHECK ties them together.',
  why: 'Postgres does not check the key while one of its columns is NULL, so the other columns may reference a row that does not exist.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `${places}
export const trips = pgTable('trips', {
  id: uuid('id').primaryKey(),
  country: text('country'),
  city: text('city'),
}, (t) => [
  foreignKey({ columns: [t.country, t.city], foreignColumns: [places.country, places.city] }),
  index('trips_place').on(t.country, t.city),
]);`,
    good: `${places}
export const trips = pgTable('trips', {
  id: uuid('id').primaryKey(),
  country: text('country'),
  city: text('city'),
}, (t) => [
  foreignKey({ columns: [t.country, t.city], foreignColumns: [places.country, places.city] }),
  index('trips_place').on(t.country, t.city),
  check('trips_place_whole', sql\`(\${t.country} is null) = (\${t.city} is null)\`),
]);`,
    alike: [
      `${places}
export const trips = pgTable('trips', {
  id: uuid('id').primaryKey(),
  country: text('country').notNull(),
  city: text('city'),
}, (t) => [
  foreignKey({ columns: [t.country, t.city], foreignColumns: [places.country, places.city] }),
  index('trips_place').on(t.country, t.city),
]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.foreignKeys.flatMap(({ name, columns, matchFull }) => {
        const nullable = columns.filter((column) => isNullable(table, column));
        if (nullable.length < 2 || matchFull || isTied(table, nullable)) return [];
        return {
          ...aboutPart(table, name, nullable),
          message: `the foreign key ${nameColumns(table, columns)} is not checked while one of its columns is NULL.`,
          fix: 'make them NOT NULL, or add a CHECK that they are NULL together: (a is null) = (b is null).',
        };
      }),
    ),
});

/** Whether a CHECK names all of the columns. Its condition is not examined. */
const isTied = ({ checks }: Table, columns: readonly string[]): boolean =>
  checks.some(({ sql }) =>
    columns.every((name) =>
      sql.match(/"(?:[^"]|"")+"|\w+/g)?.some((word) => unquoted(word) === name),
    ),
  );

const unquoted = (word: string): string =>
  word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word;
