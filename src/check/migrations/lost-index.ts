import { defineMigrationRule, NEXT_MIGRATION, type MigrationRule } from './migration-rule.ts';

const notes = `create table notes (title text, key text generated always as (lower(title)) stored);
create index notes_key on notes (key);${NEXT_MIGRATION}`;
const replace = `alter table notes drop column key;
alter table notes add column key text generated always as (upper(title)) stored;`;

export const lostIndex: MigrationRule = defineMigrationRule({
  code: 'migration/lost-index',
  severity: 'error',
  title: 'A column that is dropped and added again keeps its indexes.',
  why: 'Postgres drops the indexes and unique constraints of a column with it. drizzle-kit replaces a generated column when its expression changes, and does not create them again.',
  example: {
    bad: `${notes}${replace}`,
    good: `${notes}${replace}\ncreate index notes_key on notes (key);`,
    alike: [
      `${notes}alter table notes drop column key;`,
      `${notes}drop index notes_key; ${replace}`,
      `${notes}${replace} create index notes_upper on notes (key);`,
    ],
  },
  judge: ({ tables }) =>
    tables.flatMap(({ table, lostIndexes }) =>
      lostIndexes.map(({ name, create }) => ({
        object: `${table}.${name}`,
        message: `the statement drops the index ${name} of ${table} with its column, which this migration adds again without the index.`,
        fix: `create it again in this migration: ${create};`,
      })),
    ),
});
