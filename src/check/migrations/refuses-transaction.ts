import { defineMigrationRule, type MigrationRule } from './migration-rule.ts';

const notes = 'create table notes (id bigint primary key, title text);\n';

export const refusesTransaction: MigrationRule = defineMigrationRule({
  code: 'migration/refuses-transaction',
  severity: 'error',
  title: 'Every statement in a transaction can run in one.',
  why: "Postgres refuses CONCURRENTLY, VACUUM and similar statements in a transaction. Drizzle's migrator and garden migrate run all pending migrations in one.",
  example: {
    bad: `${notes}begin; create index concurrently notes_title on notes (title); commit;`,
    good: `${notes}begin; create index notes_title on notes (title); commit;`,
    alike: [
      `${notes}begin; select 1; commit; create index concurrently notes_title on notes (title);`,
    ],
  },
  judge: ({ refusesTransaction: isRefused, inTransaction, migrator, text }) =>
    isRefused && inTransaction
      ? [
          {
            object: text.slice(0, 60).replaceAll(/\s+/g, ' '),
            message: 'Postgres refuses the statement in a transaction, so the migration fails.',
            fix:
              migrator === 'drizzle'
                ? 'run it by hand, before the migration.'
                : 'move it out of BEGIN and COMMIT.',
          },
        ]
      : [],
});
