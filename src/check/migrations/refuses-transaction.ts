import { defineMigrationRule, type MigrationRule } from './migration-rule.ts';

const notes = 'create table notes (id bigint primary key, title text);\n';

export const refusesTransaction: MigrationRule = defineMigrationRule({
  code: 'migration/refuses-transaction',
  severity: 'error',
  title: 'Every statement of a Drizzle migration can run in a transaction.',
  why: "Drizzle's migrator and garden migrate run all pending migrations in one transaction, and Postgres refuses CONCURRENTLY, VACUUM and similar statements in a transaction.",
  example: {
    bad: `${notes}create index concurrently notes_title on notes (title);`,
    good: `${notes}create index notes_title on notes (title);`,
  },
  judge: ({ refusesTransaction: isRefused, migrator, text }) =>
    isRefused && migrator === 'drizzle'
      ? [
          {
            object: text.slice(0, 60).replaceAll(/\s+/g, ' '),
            message: 'Postgres refuses the statement in a transaction, so the migration fails.',
            fix: 'run it by hand, before the migration.',
          },
        ]
      : [],
});
