import {
  defineMigrationRule,
  judgeTables,
  NEXT_MIGRATION,
  type MigrationRule,
} from './migration-rule.ts';

const notes = `create table notes (id bigint primary key, size integer);${NEXT_MIGRATION}`;

export const tableRewrite: MigrationRule = defineMigrationRule({
  code: 'migration/table-rewrite',
  severity: 'warning',
  title: 'No statement rewrites an existing table.',
  why: 'Postgres copies all rows and builds all indexes again. All other access to the table waits until then.',
  example: {
    bad: `${notes}alter table notes alter size type bigint;`,
    good: `${notes}alter table notes add column size_big bigint;`,
    alike: [
      `${notes}alter table notes add column created_at timestamptz not null default now();`,
      'create table notes (id int, name varchar(20));' +
        `${NEXT_MIGRATION}alter table notes alter name type varchar(40);`,
      'create table notes (id int); alter table notes alter id type bigint;',
    ],
  },
  judge: judgeTables(({ table, rewritten }, { text }) =>
    rewritten
      ? {
          message: `the statement rewrites ${table}, and blocks all access to it while it runs.`,
          fix: FIXES.find(([statement]) => statement.test(text))?.[1] ?? FIX,
        }
      : undefined,
  ),
});

/** The ways around a rewrite, by what the statement is. */
const FIXES: readonly (readonly [RegExp, string])[] = [
  [
    /\bgenerated\s+always\s+as\s*\(|\bset\s+expression\b/i,
    'run it during maintenance, because Postgres computes a stored generated column for all rows. Or add a plain column, let a trigger keep it current, and fill the rows in batches.',
  ],
  [
    /\balter\s+(?:column\s+)?\S+\s+(?:set\s+data\s+)?type\b/i,
    'add a column of the new type, fill it in batches, and then use it instead of the old one.',
  ],
  [/^refresh\b/i, 'write REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index.'],
  [
    /^(?:vacuum|cluster)\b/i,
    'use pg_repack, which does the same without the lock, or run it during maintenance.',
  ],
  [
    /\bset\s+(?:un)?logged\b|\bset\s+access\s+method\b|\bset\s+tablespace\b/i,
    'run it during maintenance.',
  ],
];
const FIX =
  'add the column without a default, set the default in a second statement, and fill the rows in batches.';
