import { aboutColumn, aboutTable } from '../../model/about.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const reservedName: LintRule = defineRule({
  code: 'lint/reserved-name',
  severity: 'warning',
  presets: ['house', 'patterns', 'gateway'],
  title: 'No table, view or column is named like a reserved word.',
  why: "Hand-written SQL must quote the name, and without quotes it may mean something else: select user returns the name of the session's role.",
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const user = pgTable('user', { id: uuid('id').primaryKey() });`,
    good: `export const users = pgTable('users', { id: uuid('id').primaryKey() });`,
    alike: [
      `export const order = pgTable('orders', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  type: text('type').notNull(),
  key: text('key').notNull(),
  userId: uuid('user_id').notNull(),
  default: text('default_value'),
});`,
    ],
  },
  check: ({ tables, views }) => [
    ...[...tables, ...views]
      .filter(({ name }) => RESERVED.has(name))
      .map((one) => ({
        ...aboutTable(one),
        message: `${one.exportName} is called ${one.name}, which is a reserved word.`,
        fix: `choose another name: ${one.name}s.`,
      })),
    ...tables.flatMap((table) =>
      table.columns
        .filter(({ name }) => RESERVED.has(name))
        .map((column) => ({
          ...aboutColumn(table, column),
          message: `the column ${table.exportName}.${column.key} is called ${column.name}, which is a reserved word.`,
          fix: 'choose another name. The name in TypeScript can stay.',
          sqlFix: 'choose another name.',
        })),
    ),
  ],
});

/** The words that Postgres 18 reserves; a test compares them with pg_get_keywords(). */
export const RESERVED: ReadonlySet<string> = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check
   collate collation column concurrently constraint create cross current_catalog current_date
   current_role current_schema current_time current_timestamp current_user default deferrable desc
   distinct do else end except false fetch for foreign freeze from full grant group having ilike in
   initially inner intersect into is isnull join lateral leading left like limit localtime
   localtimestamp natural not notnull null offset on only or order outer overlaps placing primary
   references returning right select session_user similar some symmetric system_user table
   tablesample then to trailing true union unique user using variadic verbose when where window
   with`.split(/\s+/),
);
