import { aboutColumn, aboutTable } from '../../model/about.ts';
import { aboutPart } from '../about-columns.ts';
import { defineRule, type LintRule, type Violation } from '../lint-rule.ts';

export const nameCase: LintRule = defineRule({
  code: 'lint/name-case',
  severity: 'warning',
  presets: ['house', 'patterns', 'gateway'],
  title: 'Names in the database are lowercase snake_case.',
  why: 'Postgres folds names without quotes to lower case. A name with capitals needs quotes in every query.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  createdAt: timestamp('createdAt', { withTimezone: true }).notNull(),
});`,
    good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
});`,
    alike: [
      `export const notes2 = pgTable('notes2', {
  id: uuid('id').primaryKey(),
  sha256Sum: text('sha256_sum').notNull(),
});`,
    ],
  },
  check: ({ tables, views }) => [
    ...views.flatMap((view) => judge('view', view.name, aboutTable(view))),
    ...tables.flatMap((table) => [
      ...judge('table', table.name, aboutTable(table)),
      ...table.columns.flatMap((column) =>
        judge('column', column.name, aboutColumn(table, column)),
      ),
      ...table.indexes.flatMap(({ name }) => judge('index', name, aboutPart(table, name, []))),
    ]),
  ],
});

function judge(
  kind: string,
  name: string,
  about: Pick<Violation, 'object' | 'places'>,
): readonly Violation[] {
  if (/^[a-z_][a-z0-9_]*$/.test(name)) return [];
  const better = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/\W+/g, '_')
    .toLowerCase();
  return [
    {
      ...about,
      message: `the ${kind} "${name}" is not in lowercase snake_case.`,
      fix: `call it ${better}. A rename needs a migration, and breaks existing uses of the name.`,
    },
  ];
}
