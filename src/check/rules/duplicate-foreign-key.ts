import { aboutPart, nameColumns } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

const users = `export const users = pgTable('users', { id: uuid('id').primaryKey() });`;

export const duplicateForeignKey: LintRule = defineRule({
  code: 'lint/duplicate-foreign-key',
  severity: 'warning',
  presets: ['recommended'],
  title: 'No two foreign keys have the same columns and target.',
  why: 'Postgres checks both on every write. If their actions differ, it is not clear which one applies.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').references(() => users.id),
}, (t) => [
  index('notes_author').on(t.authorId),
  foreignKey({ name: 'fk_author', columns: [t.authorId], foreignColumns: [users.id] }).onDelete('cascade'),
]);`,
    good: `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').references(() => users.id, { onDelete: 'cascade' }),
}, (t) => [index('notes_author').on(t.authorId)]);`,
    alike: [
      `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').references(() => users.id),
  editorId: uuid('editor_id').references(() => users.id),
}, (t) => [index('notes_author').on(t.authorId), index('notes_editor').on(t.editorId)]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) => {
      const seen = new Map<string, string>();
      return table.foreignKeys
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap(({ name, columns, references }) => {
          const pairs = columns.map((column, at) => [column, references.columns[at]]);
          const id = JSON.stringify([references.table, ...pairs.toSorted()]);
          const first = seen.get(id);
          seen.set(id, first ?? name);
          // Of two keys with the same name, drizzle-kit writes only one.
          if (first === undefined || first === name) return [];
          return {
            ...aboutPart(table, name, columns),
            message: `the foreign keys ${first} and ${name} of ${nameColumns(table, columns)} are the same.`,
            fix: 'keep the one with the intended action, and remove the other.',
          };
        });
    }),
});
