import { defineMigrationRule, NEXT_MIGRATION, type MigrationRule } from './migration-rule.ts';

const notes = `create table notes (id bigint primary key, title text);${NEXT_MIGRATION}`;

export const renamed: MigrationRule = defineMigrationRule({
  code: 'migration/renamed',
  severity: 'warning',
  title: 'No table or column changes its name while programs use it.',
  why: 'Programs that still run the previous version, including connected Zero clients, fail at the next query.',
  example: {
    bad: `${notes}alter table notes rename column title to heading;`,
    good: `${notes}alter table notes add column heading text;`,
    alike: ['create table drafts (id int); alter table drafts rename to notes;'],
  },
  judge: ({ tables }) =>
    tables.flatMap(({ table, renamedTo, renamedColumns }) => [
      ...(renamedTo === undefined ? [] : [change(table, renamedTo)]),
      ...renamedColumns.map(({ from, to }) => change(`${table}.${from}`, to)),
    ]),
});

const change = (object: string, to: string) => ({
  object,
  message: `the statement renames ${object} to ${to}.`,
  fix: 'add the new name, use both for a time, and drop the old one later.',
});
