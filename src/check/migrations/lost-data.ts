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
      `create table notes (title text, key text generated always as (lower(title)) stored);${NEXT_MIGRATION}alter table notes drop key; alter table notes add key text generated always as (upper(title)) stored;`,
    ],
  },
  judge: ({ tables }) =>
    tables.flatMap(({ table, dropped, droppedColumns, truncated }) => [
      ...(dropped ? [loss(table, `${table} with its data`)] : []),
      ...droppedColumns
        // A generated column has no data of its own, and its replacement is computed as well.
        .filter(({ isGenerated, replacement }) => !(isGenerated && replacement?.isGenerated))
        .map(({ name, isGenerated }) => {
          const column = `${table}.${name}`;
          const what = isGenerated ? `the generated column ${column}` : `${column} with its data`;
          return loss(column, what);
        }),
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

const loss = (object: string, what: string) => ({
  object,
  message: `the statement drops ${what}.`,
  fix: 'release a version that does not use it first; then accept this finding with a reason.',
});
