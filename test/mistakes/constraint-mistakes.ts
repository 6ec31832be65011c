import { drizzleSchema, kitSchema, type Mistake } from './mistake.ts';

/** Mistakes in the third argument of a table. */
export const CONSTRAINT_MISTAKES: readonly Mistake[] = [
  {
    name: 'an index has no columns',
    files: drizzleSchema(
      `export const notes = pgTable('notes', { id: uuid('id').primaryKey() }, () => [index('notes_index')]);`,
    ),
    command: 'generate',
    code: 'schema/not-a-constraint',
    place: 'schema.ts:2  notes',
    fix: 'index().on(t.name)',
  },
  {
    name: 'a rule is not passed to access',
    files: kitSchema(
      `export const notes = pgTable('notes', { id: id(), by: uuid('by').notNull() }, (t) => [owner(t.by)]);`,
    ),
    command: 'generate',
    code: 'schema/not-a-constraint',
    place: 'schema.ts:3  notes',
    fix: '...access(t, { read: … })',
  },
  {
    name: 'the third argument of a table returns nothing',
    files: kitSchema(
      `export const notes = pgTable('notes', { id: id(), by: uuid('by').notNull() }, (t) => { uniqueOn(t.by); });`,
    ),
    command: 'generate',
    code: 'schema/not-a-constraint',
    place: 'schema.ts:3  notes',
    fix: 'return an array',
  },
  {
    name: 'an index of an expression has no name',
    files: drizzleSchema(
      `export const notes = pgTable('notes', { id: uuid('id').primaryKey(), title: text('title') }, () => [index().on(sql\`lower(title)\`)]);`,
    ),
    command: 'generate',
    code: 'generate/drizzle-kit-refused',
    place: 'drizzle.config.ts',
    fix: 'correct the table',
  },
];
