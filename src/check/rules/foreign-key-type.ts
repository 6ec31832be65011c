import { baseType } from '../../model/base-type.ts';
import type { Column } from '../../model/column.ts';
import { sqlType } from '../../model/sql-type.ts';
import { aboutPart, columnOf } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const foreignKeyType: LintRule = defineRule({
  code: 'lint/foreign-key-type',
  severity: 'error',
  presets: ['recommended'],
  title: 'A foreign key has the type of the column that it references.',
  why: 'Postgres refuses most pairs of types when the key is created. With the others, such as an integer that references a bigint, the narrower column runs out of values first.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const users = pgTable('users', {
  id: bigint('id', { mode: 'number' }).primaryKey(),
});
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: integer('author_id').references(() => users.id),
}, (t) => [index('notes_author').on(t.authorId)]);`,
    good: `export const users = pgTable('users', {
  id: bigint('id', { mode: 'number' }).primaryKey(),
});
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: bigint('author_id', { mode: 'number' }).references(() => users.id),
}, (t) => [index('notes_author').on(t.authorId)]);`,
    alike: [
      `export const users = pgTable('users', { id: serial('id').primaryKey() });
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: integer('author_id').references(() => users.id),
}, (t) => [index('notes_author').on(t.authorId)]);`,
      `export const users = pgTable('users', { id: varchar('id', { length: 26 }).primaryKey() });
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: text('author_id').references(() => users.id),
});`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.foreignKeys.flatMap(({ columns, references }) => {
        const target = tables.find(({ id }) => id === references.table);
        return columns.flatMap((name, at) => {
          const own = columnOf(table, name);
          const other = target && columnOf(target, references.columns[at] ?? '');
          if (!own || !target || !other || comparable(own) === comparable(other)) return [];
          const type = sqlType(other.type);
          return {
            ...aboutPart(table, name, [name]),
            message: `${table.exportName}.${own.key} is ${sqlType(own.type)} and references ${target.exportName}.${other.key}, which is ${type}.`,
            fix: `give both the same type, for example ${type}.`,
          };
        });
      }),
    ),
});

/** Lengths, precisions and limits of text do not matter. */
function comparable({ type }: Column): string {
  const { name, dimensions } = baseType(sqlType(type));
  return `${name === 'character varying' ? 'text' : name}${'[]'.repeat(dimensions)}`;
}
