import {
  defineMigrationRule,
  judgeTables,
  NEXT_MIGRATION,
  type MigrationRule,
} from './migration-rule.ts';

const notes = `create table notes (id bigint primary key, title text);${NEXT_MIGRATION}`;
const add = 'alter table notes add constraint c check (id > 0) not valid;';
const validate = 'alter table notes validate constraint c;';

export const heldLock: MigrationRule = defineMigrationRule({
  code: 'migration/held-lock',
  severity: 'warning',
  title: 'No statement reads a whole table while its transaction holds a lock on it.',
  why: 'The lock of a statement lasts until the end of the transaction. If a later statement needs long, other sessions wait for both.',
  example: {
    bad: `${notes}begin; ${add} ${validate} commit;`,
    good: `${notes}${add}${NEXT_MIGRATION}${validate}`,
    alike: [
      `${notes}${add} ${validate}`,
      `create table tags (id int); ${notes}begin; ${add} alter table tags add name text; commit;`,
    ],
  },
  judge: judgeTables(({ table, blocks, held, scanned }) => {
    // If the statement takes a lock itself, it is reported anyway.
    if (blocks !== 'none' || held === 'none' || !scanned) return undefined;
    const who = held === 'reads' ? 'all access' : 'all writes';
    return {
      message: `the statement reads all rows of ${table}, while an earlier statement of the transaction blocks ${who} to it.`,
      fix: 'run the two statements in separate transactions. Migrations that are applied together are one.',
    };
  }),
});
