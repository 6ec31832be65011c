import { aboutColumn } from '../../model/about.ts';
import { columnOf } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const uuidDefault: LintRule = defineRule({
  code: 'lint/uuid-default',
  severity: 'warning',
  presets: ['patterns'],
  title: 'A primary key of the type uuid has a default.',
  why: 'Without a default, every INSERT must provide an id, also in the SQL editor and in functions.',
  inputs: ['definitions', 'database'],
  opposite: ['lint/zero-default'],
  example: {
    bad: `export const notes = pgTable('notes', { id: uuid('id').primaryKey() });`,
    good: `export const notes = pgTable('notes', { id: uuid('id').primaryKey().defaultRandom() });`,
    alike: [
      `export const users = pgTable('users', { id: uuid('id').primaryKey().defaultRandom() });
export const profiles = pgTable('profiles', {
  userId: uuid('user_id').primaryKey().references(() => users.id, { onDelete: 'cascade' }),
});
export const codes = pgTable('codes', { code: text('code').primaryKey() });`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) => {
      const [name = '', ...others] = table.primaryKey?.columns ?? [];
      const column = columnOf(table, name);
      // A key that is also a foreign key gets its value from the other table.
      const refers = table.foreignKeys.some(({ columns }) => columns.includes(name));
      if (column?.type.kind !== 'uuid' || others.length > 0 || refers) return [];
      if (column.defaultSql !== undefined || column.generated !== undefined) return [];
      return {
        ...aboutColumn(table, column),
        message: `${table.exportName}.${column.key} is a uuid without a default.`,
        fix: 'add .defaultRandom().',
        sqlFix: 'add DEFAULT gen_random_uuid().',
      };
    }),
});
