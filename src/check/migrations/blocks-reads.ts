import {
  defineMigrationRule,
  judgeTables,
  NEXT_MIGRATION,
  type MigrationRule,
} from './migration-rule.ts';

const notes = `create table notes (id bigint primary key, title text);${NEXT_MIGRATION}`;

export const blocksReads: MigrationRule = defineMigrationRule({
  code: 'migration/blocks-reads',
  severity: 'warning',
  title: 'No statement reads a whole table while it blocks all other access.',
  why: 'The time grows with the table. Postgres checks a constraint, or builds an index, under a lock that blocks all other sessions.',
  example: {
    bad: `${notes}alter table notes alter title set not null;`,
    good: `${notes}alter table notes add constraint notes_title check (title is not null) not valid;${NEXT_MIGRATION}alter table notes validate constraint notes_title;${NEXT_MIGRATION}alter table notes alter title set not null;`,
    alike: [`${notes}alter table notes add column size integer not null default 0;`],
  },
  judge: judgeTables((measured, { text }) => {
    const { table, blocks, rewritten, scanned, builtIndexes, requiredColumns } = measured;
    // A separate rule reports a new NOT NULL column without a default.
    if (blocks !== 'reads' || rewritten || requiredColumns.length > 0) return undefined;
    if (builtIndexes.length > 0) {
      return {
        message: `the statement builds the index ${builtIndexes.join(', ')}, and blocks all access to ${table} while it runs.`,
        fix: measured.isPartitioned
          ? BY_PARTITION
          : 'build it with CREATE UNIQUE INDEX CONCURRENTLY, and then ADD CONSTRAINT … USING INDEX.',
      };
    }
    if (!scanned) return undefined;
    return {
      message: `the statement reads all rows of ${table}, and blocks all other access to it while it runs.`,
      fix: /\bset\s+not\s+null\b/i.test(text)
        ? 'add CHECK (column IS NOT NULL) NOT VALID, then VALIDATE CONSTRAINT in another transaction; SET NOT NULL then reads nothing.'
        : 'add the constraint NOT VALID, then VALIDATE CONSTRAINT in another transaction.',
    };
  }),
});

/** Postgres refuses USING INDEX for a partitioned table. */
const BY_PARTITION =
  'add the constraint with ALTER TABLE ONLY to the partitioned table, for each partition build it with CREATE UNIQUE INDEX CONCURRENTLY and ADD CONSTRAINT … USING INDEX, and then attach each index with ALTER INDEX … ATTACH PARTITION.';
