import { splitTableId } from '../../model/table-id.ts';
import { aboutPart, nameColumns } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

const auth = `export const auth = pgSchema('auth');
export const authUsers = auth.table('users', { id: uuid('id').primaryKey(), phone: text('phone').unique() });`;

export const authReference: LintRule = defineRule({
  code: 'lint/auth-reference',
  severity: 'warning',
  presets: ['supabase'],
  title: 'A foreign key to auth references the primary key.',
  why: 'Supabase may change any other unique constraint of auth without notice, and a foreign key to it makes that update fail.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `${auth}
export const profiles = pgTable('profiles', {
  id: uuid('id').primaryKey(),
  phone: text('phone').references(() => authUsers.phone),
}, (t) => [index('profiles_phone').on(t.phone)]);`,
    good: `${auth}
export const profiles = pgTable('profiles', {
  id: uuid('id').primaryKey().references(() => authUsers.id),
});`,
    alike: [
      `export const users = pgTable('users', { id: uuid('id').primaryKey(), phone: text('phone').unique() });
export const profiles = pgTable('profiles', {
  id: uuid('id').primaryKey(),
  phone: text('phone').references(() => users.phone),
}, (t) => [index('profiles_phone').on(t.phone)]);`,
    ],
  },
  check: ({ tables }) =>
    tables
      .filter(({ schema }) => schema !== 'auth')
      .flatMap((table) =>
        table.foreignKeys
          .filter(
            ({ references }) =>
              splitTableId(references.table).schema === 'auth' &&
              references.columns.join() !== 'id',
          )
          .map(({ name, columns, references }) => ({
            ...aboutPart(table, name, columns),
            message: `the foreign key ${nameColumns(table, columns)} references ${references.columns.join(', ')} of ${references.table}.`,
            fix: 'reference id.',
          })),
      ),
});
