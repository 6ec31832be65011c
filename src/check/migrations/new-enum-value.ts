import { defineMigrationRule, NEXT_MIGRATION, type MigrationRule } from './migration-rule.ts';

const mood = `create type mood as enum ('calm');
create table notes (id bigint primary key, mood mood);${NEXT_MIGRATION}`;
const add = "alter type mood add value 'glad';";
const use = "alter table notes alter mood set default 'glad';";

export const newEnumValue: MigrationRule = defineMigrationRule({
  code: 'migration/new-enum-value',
  severity: 'error',
  title: 'A new enum value is used after the commit of the statement that adds it.',
  why: "Postgres refuses to use the value in the same transaction, so the migration fails. Drizzle's migrator and garden migrate run all pending migrations in one transaction.",
  example: {
    bad: `${mood}begin; ${add} ${use} commit;`,
    good: `${mood}${add}${NEXT_MIGRATION}${use}`,
    alike: [
      `begin; create type mood as enum ('calm', 'glad'); create table notes (mood mood default 'glad'); commit;`,
    ],
  },
  judge: ({ unsafeEnumValue: value }) =>
    value === undefined
      ? []
      : [
          {
            object: value,
            message: `the statement uses the enum value ${value}, which the same transaction adds; Postgres refuses that.`,
            fix: 'add the value in an earlier migration that is applied separately, or make the column text with a CHECK.',
          },
        ],
});
