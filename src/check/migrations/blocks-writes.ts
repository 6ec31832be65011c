import {
  defineMigrationRule,
  judgeTables,
  NEXT_MIGRATION,
  type MigrationRule,
} from './migration-rule.ts';

const notes = `create table users (id bigint primary key);
create table notes (id bigint primary key, author_id bigint);${NEXT_MIGRATION}`;

export const blocksWrites: MigrationRule = defineMigrationRule({
  code: 'migration/blocks-writes',
  severity: 'warning',
  title: 'No statement reads a whole table while others cannot write to it.',
  why: 'The time grows with the table. Reads continue, but each INSERT, UPDATE and DELETE waits.',
  example: {
    bad: `${notes}create index notes_author on notes (author_id);`,
    good: `${notes}create index concurrently notes_author on notes (author_id);`,
    alike: [
      `${notes}alter table notes add constraint notes_author foreign key (author_id) references users not valid;${NEXT_MIGRATION}alter table notes validate constraint notes_author;`,
      `${notes}create table tags (note_id bigint); create index tags_note on tags (note_id);`,
    ],
  },
  judge: judgeTables((measured, { migrator }) => {
    const { table, blocks, held, scanned, builtIndexes, isPartitioned } = measured;
    if (blocks !== 'writes') return undefined;
    const isWorse = held === 'reads';
    const what = isWorse ? 'all access' : 'all writes';
    const why = isWorse ? ', because of an earlier statement of the transaction' : '';
    if (builtIndexes.length > 0) {
      return {
        message: `the statement builds the index ${builtIndexes.join(', ')}, and blocks ${what} to ${table} while it runs${why}.`,
        fix: isPartitioned
          ? (migrator === 'drizzle' ? BEFORE : '') + BY_PARTITION
          : migrator === 'drizzle'
            ? `${BEFORE}CREATE INDEX CONCURRENTLY, outside of a transaction.`
            : 'write CREATE INDEX CONCURRENTLY, outside of a transaction.',
      };
    }
    if (!scanned) return undefined;
    return {
      message: `the statement checks a foreign key for all rows of ${table}, and blocks ${what} to it, and all writes to the referenced table, while it runs${why}.`,
      fix: isPartitioned
        ? 'add the foreign key to each partition NOT VALID, VALIDATE CONSTRAINT in another transaction, and then add it to the partitioned table, which adopts them.'
        : 'add the foreign key NOT VALID, then VALIDATE CONSTRAINT in another transaction.',
    };
  }),
});

const BEFORE = 'write CREATE INDEX IF NOT EXISTS, and build the index before the migration runs: ';
/** Postgres refuses CONCURRENTLY for a partitioned table. */
const BY_PARTITION =
  'create it ON ONLY the partitioned table, build the index of each partition with CREATE INDEX CONCURRENTLY, outside of a transaction, and then attach each with ALTER INDEX … ATTACH PARTITION.';
