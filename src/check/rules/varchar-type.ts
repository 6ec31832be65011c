import { checkColumns, nameColumn } from '../column-rule.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const varcharType: LintRule = defineRule({
  code: 'lint/varchar-type',
  severity: 'warning',
  presets: ['house'],
  title: 'Text is text, with a CHECK where its length is limited.',
  why: 'varchar(n) is stored as text is. A CHECK can be changed without a new type, has a name of its own in errors, and says more than a length.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const tags = pgTable('tags', {
  id: uuid('id').primaryKey(),
  name: varchar('name', { length: 64 }).notNull(),
});`,
    good: `export const tags = pgTable('tags', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
}, (t) => [check('tags_name_check', sql\`length(\${t.name}) <= 64\`)]);`,
    alike: [
      `export const tags = pgTable('tags', {
  id: uuid('id').primaryKey(),
  varchar: text('varchar').notNull(),
  country: char('country', { length: 2 }).notNull(),
});`,
    ],
  },
  check: checkColumns((column, table) =>
    column.type.kind === 'varchar'
      ? {
          message: `${nameColumn(column, table)} is varchar.`,
          fix: 'use text(), and maxLength(…) of the kit in the third argument.',
        }
      : undefined,
  ),
});
