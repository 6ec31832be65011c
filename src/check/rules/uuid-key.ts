import { aboutTable } from '../../model/about.ts';
import { columnOf } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const uuidKey: LintRule = defineRule({
  code: 'lint/uuid-key',
  severity: 'warning',
  presets: ['house'],
  title: 'The primary key is one uuid column.',
  why: 'A client that writes before the server answers must generate the key itself. It cannot generate the next value of a sequence, and a composite key makes every reference to the table as wide.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const notes = pgTable('notes', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
});`,
    good: `export const notes = pgTable('notes', { id: uuid('id').primaryKey() });`,
    alike: [
      `export const users = pgTable('users', { id: uuid('id').primaryKey() });
export const profiles = pgTable('profiles', {
  userId: uuid('user_id').primaryKey().references(() => users.id, { onDelete: 'cascade' }),
});`,
      `export const noteHours = pgTable('note_hours', {
  userId: uuid('user_id').notNull(), hour: timestamp('hour', { withTimezone: true }).notNull(), count: integer('count').notNull(),
}, (t) => [primaryKey({ columns: [t.userId, t.hour] })]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) => {
      const columns = table.primaryKey?.columns ?? [];
      const [first = '', ...others] = columns;
      const isUuid = others.length === 0 && columnOf(table, first)?.type.kind === 'uuid';
      // Postgres requires the time in the key of a partitioned table, which Zero does not sync.
      // A rollup has it too, and no client writes one.
      const hasTime = columns.some((name) => columnOf(table, name)?.type.kind === 'timestamp');
      if (columns.length === 0 || isUuid || hasTime || table.partition) return [];
      return {
        ...aboutTable(table),
        message: `the primary key of ${table.exportName} is (${columns.join(', ')}), not a single uuid.`,
        fix: 'use id() of the kit, and give the former key columns a unique constraint.',
        sqlFix:
          'use a single column of the type uuid, and give the former key columns a unique constraint.',
      };
    }),
});
