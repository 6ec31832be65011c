import { defineMigrationRule, judgeTables, NEXT_MIGRATION, type MigrationRule } from './migration-rule.ts';

const notes = `create table notes (id bigint primary key);${NEXT_MIGRATION}`;

export const noLockTimeout: MigrationRule = defineMigrationRule({
  code: 'migration/no-lock-timeout',
  severity: 'warning',
  oncePerFile: true,
  title: 'A statement that needs an exclusive lock runs with a lock_timeout.',
  why: 'The statement waits for the longest running query, and all other sessions queue behind it. garden migrate sets a limit; other tools may not.',
  example: {
    bad: `${notes}alter table notes add column title text;`,
    good: `${notes}set lock_timeout = '5s'; alter table notes add column title text;`,
    alike: [`${notes}create table tags (id bigint primary key);`],
  },
  judge: judgeTables(({ table, blocks }, { hasLockTimeout, migrator }) =>
    blocks === 'reads' && !hasLockTimeout && migrator === 'unknown'
      ? {
          message: `the statement may wait for ${table} without a limit, and all other sessions queue behind it.`,
          fix: "write SET lock_timeout = '5s' at the beginning of the file, and run it again if it fails.",
        }
      : undefined,
  ),
});
