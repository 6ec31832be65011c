import { aboutColumn } from '../../model/about.ts';
import { looksSecret } from '../../model/looks-secret.ts';
import { isExposed } from '../is-exposed.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const exposedSecret: LintRule = defineRule({
  code: 'lint/exposed-secret',
  severity: 'error',
  presets: ['supabase'],
  title: 'Every table with secrets has row-level security.',
  why: "Supabase's API serves the tables of public, including secrets, to anyone who has the anonymous key.",
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const accounts = pgTable('accounts', {
  id: uuid('id').primaryKey(),
  password: text('password').notNull(),
});`,
    good: `export const accounts = pgTable('accounts', {
  id: uuid('id').primaryKey(),
  password: text('password').notNull(),
}, () => [pgPolicy('nobody', { for: 'select', using: sql\`false\` })]).enableRLS();`,
    alike: [
      `export const internal = pgSchema('internal');
export const accounts = internal.table('accounts', {
  id: uuid('id').primaryKey(),
  password: text('password').notNull(),
});
export const usage = pgTable('usage', { id: uuid('id').primaryKey(), tokens: integer('tokens').notNull() });`,
    ],
  },
  check: ({ tables }) =>
    tables
      .filter((table) => !table.rowSecurity.enabled && isExposed(table))
      .flatMap((table) =>
        table.columns
          .filter(
            ({ name, type }) =>
              (type.kind === 'text' || type.kind === 'varchar' || type.kind === 'other') &&
              looksSecret(name, table.name),
          )
          .map((column) => ({
            ...aboutColumn(table, column),
            message: `Supabase's API serves ${table.exportName}.${column.key} to everybody.`,
            fix: 'add .enableRLS() and policies, or put the table into another schema.',
            sqlFix:
              'run ALTER TABLE … ENABLE ROW LEVEL SECURITY and write policies, or put the table into another schema.',
          })),
      ),
});
