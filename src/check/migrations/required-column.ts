import { defineMigrationRule, NEXT_MIGRATION, type MigrationRule } from './migration-rule.ts';

const notes = `create table notes (id bigint primary key);${NEXT_MIGRATION}`;

export const requiredColumn: MigrationRule = defineMigrationRule({
  code: 'migration/required-column',
  severity: 'error',
  title: 'A new column of an existing table is nullable or has a default.',
  why: 'Postgres refuses the statement as soon as the table has a row.',
  example: {
    bad: `${notes}alter table notes add column title text not null;`,
    good: `${notes}alter table notes add column title text not null default '';`,
    alike: [`${notes}alter table notes add column number bigint generated always as identity;`],
  },
  judge: ({ tables }) =>
    tables.flatMap(({ table, requiredColumns }) =>
      requiredColumns.map((column) => ({
        object: `${table}.${column}`,
        message: `${table}.${column} is NOT NULL and has no value for existing rows, so the statement fails if ${table} has rows.`,
        fix: 'give it a DEFAULT, or add it without NOT NULL, fill it, and then SET NOT NULL.',
      })),
    ),
});
