import { defineMigrationRule, NEXT_MIGRATION, type MigrationRule } from './migration-rule.ts';

const notes = `create table notes (id bigint primary key, title text);${NEXT_MIGRATION}`;

export const lostData: MigrationRule = defineMigrationRule({
  code: 'migration/lost-data',
  severity: 'warning',
  title: 'No table or column with data is dropped or emptied by accident.',
  why: 'The data is lost, and programs that still run the previous version, including connected Zero clients, fail at the next query.',
  example: {
    bad: `${notes}alter table notes drop column title;`,
    good: `${notes}alter table notes alter column title drop not null;`,
    alike: [
      'create table notes (id int, draft text); alter table notes drop column draft;',
      `create table notes (id int); truncate notes;`,
    ],
  },
  judge: ({ tables }) =>
    tables.flatMap(({ table, dropped, droppedColumns, truncated }) => [
      ...(dropped ? [table] : droppedColumns.map((column) => `${table}.${column}`)).map(
        (object) => ({
          object,
          message: `the statement drops ${object} with its data.`,
          fix: 'release a version that does not use it first; then accept this finding with a reason.',
        }),
      ),
      ...(truncated
        ? [
            {
              object: table,
              message: `the statement deletes all rows of ${table}.`,
              fix: 'delete rows outside of migrations, or accept this finding with a reason.',
            },
          ]
        : []),
    ]),
});
