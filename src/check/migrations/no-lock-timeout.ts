import {
  defineMigrationRule,
  judgeTables,
  NEXT_MIGRATION,
  type MigrationRule,
} from './migration-rule.ts';

const notes = `create table notes (id bigint primary key);${NEXT_MIGRATION}`;

export const noLockTimeout: MigrationRule = defineMigrationRule({
  code: 'migration/no-lock-timeout',
  severity: 'warning',
  oncePerFile: true,
  title: 'A statement that blocks other sessions runs with a lock_timeout.',
  why: 'The statement waits for transactions that use the table, and other sessions queue behind it. garden migrate sets a limit; other tools may not.',
  example: {
    bad: `${notes}alter table notes add column title text;`,
    good: `${notes}set lock_timeout = '5s'; alter table notes add column title text;`,
    alike: [`${notes}create table tags (id bigint primary key);`],
  },
  judge: judgeTables(({ table, blocks }, { hasLockTimeout, migrator }) =>
    blocks === 'none' || hasLockTimeout || migrator === 'drizzle'
      ? undefined
      : {
          message: `the statement may wait for ${table} without a limit, and ${blocks === 'reads' ? 'all other sessions queue' : 'all writes queue'} behind it.`,
          fix: "write SET lock_timeout = '5s' at the beginning of the file, and run it again if it fails.",
        },
  ),
});
