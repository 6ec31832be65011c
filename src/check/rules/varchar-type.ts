import { checkColumns, nameColumn } from '../column-rule.ts';
import { elementType } from '../element-type.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const varcharType: LintRule = defineRule({
  code: 'lint/varchar-type',
  severity: 'warning',
  presets: ['house'],
  title: 'Text columns are text, with a CHECK if the length is limited.',
  why: 'varchar(n) is stored like text. A CHECK can be changed without changing the type, has its own name in errors, and can test more than the length.',
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
    elementType(column.type).kind === 'varchar'
      ? {
          message: `${nameColumn(column, table)} is varchar.`,
          fix: 'use text(), and maxLength(…) of the kit in the third argument.',
          sqlFix: 'use text, and a CHECK on the length.',
        }
      : undefined,
  ),
});
