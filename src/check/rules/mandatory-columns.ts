import { aboutTable } from '../../model/about.ts';
import { columnOf } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export interface MandatoryColumnsOptions {
  readonly columns: readonly string[];
  readonly except: readonly string[];
}

export const mandatoryColumns: LintRule<MandatoryColumnsOptions> =
  defineRule<MandatoryColumnsOptions>({
    code: 'lint/mandatory-columns',
    severity: 'warning',
    presets: ['supabase', 'gateway'],
    title: 'Every table has the mandatory columns: created_at and updated_at.',
    why: 'Without them, it is unknown when a row was created or changed, and an incremental export cannot find new rows.',
    inputs: ['definitions', 'database'],
    options: {
      columns: { default: ['created_at', 'updated_at'], help: 'the names of the columns' },
      except: { default: [], help: 'names of exempt tables' },
    },
    example: {
      bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
});`,
      good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
});`,
      alike: [
        `export const tags = pgTable('tags', { id: uuid('id').primaryKey(), createdAt: timestamp('created_at', { withTimezone: true }), updatedAt: timestamp('updated_at', { withTimezone: true }) });
export const notes = pgTable('notes', { id: uuid('id').primaryKey(), createdAt: timestamp('created_at', { withTimezone: true }), updatedAt: timestamp('updated_at', { withTimezone: true }) });
export const noteTags = pgTable('note_tags', {
  noteId: uuid('note_id').notNull().references(() => notes.id, { onDelete: 'cascade' }),
  tagId: uuid('tag_id').notNull().references(() => tags.id, { onDelete: 'cascade' }),
}, (t) => [primaryKey({ columns: [t.noteId, t.tagId] }), index('note_tags_tag').on(t.tagId)]);`,
      ],
    },
    check: ({ tables }, { columns, except }) =>
      tables.flatMap((table) => {
        const missing = columns.filter((name) => columnOf(table, name) === undefined);
        const keys = new Set(table.foreignKeys.flatMap((key) => key.columns));
        // Rows of a join table are inserted and deleted, but not changed.
        const isJoin = keys.size > 1 && table.columns.every(({ name }) => keys.has(name));
        if (missing.length === 0 || isJoin || except.includes(table.name)) return [];
        return {
          ...aboutTable(table),
          message: `${table.exportName} has no ${missing.join(' and no ')}.`,
          fix: `add ${missing.map((name) => `timestamp('${name}', { withTimezone: true }).notNull()`).join(' and ')}, or list the table in the option except.`,
          sqlFix: `add ${missing.map((name) => `${name} timestamptz NOT NULL`).join(' and ')}, or list the table in the option except.`,
        };
      }),
  });
