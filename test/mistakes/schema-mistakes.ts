import { drizzleSchema, kitSchema, NOTES, type Mistake } from './mistake.ts';

/** A table `users` that refers to notes, with its relations. */
const withUsers = (columns: string, relations: string) =>
  drizzleSchema(`${NOTES}
export const users = pgTable('users', { id: uuid('id').primaryKey(), ${columns} });
${relations}`);

const zero = 'generate zero';

/** Mistakes in tables, columns and relations. */
export const SCHEMA_MISTAKES: readonly Mistake[] = [
  {
    name: 'an option of a column is misspelt',
    files: drizzleSchema(
      `export const notes = pgTable('notes', {\n  id: uuid('id').primaryKey(),\n  title: text('title').notNul(),\n});`,
    ),
    command: zero,
    code: 'generate/cannot-load',
    place: 'schema.ts:4',
    fix: 'notNul',
  },
  {
    name: 'the type of a column is not imported',
    files: drizzleSchema(
      `export const notes = pgTable('notes', {\n  id: uuid('id').primaryKey(),\n  every: interval('every'),\n});`,
    ),
    command: zero,
    code: 'generate/cannot-load',
    place: 'schema.ts:4',
    fix: 'interval',
  },
  {
    name: 'a name that Drizzle does not export is imported',
    files: {
      'schema.ts': `import { pgTabel } from 'drizzle-orm/pg-core';\nexport const notes = pgTabel('notes', {});`,
    },
    command: zero,
    code: 'generate/cannot-load',
    place: 'schema.ts:1',
    fix: 'pgTabel',
  },
  {
    name: 'the tables are SQLite tables',
    files: {
      'schema.ts': `import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';\nexport const notes = sqliteTable('notes', { id: integer('id').primaryKey() });`,
    },
    command: 'generate',
    code: 'schema/no-tables',
    place: 'schema.ts',
    fix: "pgTable, from 'drizzle-orm/pg-core'",
  },
  {
    name: 'no table is exported',
    files: drizzleSchema(NOTES.replace('export ', '')),
    command: 'generate',
    code: 'schema/no-tables',
    place: 'schema.ts',
    fix: 'export',
  },
  {
    name: 'a foreign key names a column that does not exist',
    files: withUsers(`noteId: uuid('note_id').references(() => notes.ident)`, ''),
    command: 'generate',
    code: 'schema/broken-foreign-key',
    place: 'schema.ts:3  users',
    fix: 'references(() => users.id)',
  },
  {
    name: 'a foreign key is not a function',
    files: withUsers(`noteId: uuid('note_id').references(notes.id)`, ''),
    command: zero,
    code: 'schema/broken-foreign-key',
    place: 'schema.ts:3  users',
    fix: 'references(() => users.id)',
  },
  {
    name: 'a foreign key points to a table that is not exported',
    files: drizzleSchema(`const users = pgTable('users', { id: uuid('id').primaryKey() });
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').references(() => users.id),
});`),
    command: 'generate',
    code: 'schema/target-not-exported',
    place: 'schema.ts:5  notes.userId',
    fix: 'export users',
    warning: true,
  },
  {
    name: 'an enum is not exported',
    files: drizzleSchema(
      `const kind = pgEnum('kind', ['a']);\nexport const notes = pgTable('notes', { id: uuid('id').primaryKey(), kind: kind('kind') });`,
    ),
    command: 'generate',
    code: 'schema/enum-not-exported',
    place: 'schema.ts:3  notes.kind',
    fix: "export the pgEnum('kind'",
    warning: true,
  },
  {
    name: 'an enum has the same name as a table',
    files: drizzleSchema(
      `export const kind = pgEnum('notes', ['a']);\nexport const notes = pgTable('notes', { id: uuid('id').primaryKey(), kind: kind('kind') });`,
    ),
    command: 'generate',
    code: 'schema/enum-named-like-table',
    place: 'schema.ts:3  notes',
    fix: 'rename',
  },
  {
    name: 'a synced table has no key',
    files: drizzleSchema(
      `export const words = pgTable('words', { word: text('word') });\n${NOTES}`,
    ),
    command: zero,
    code: 'zero/no-key',
    place: 'schema.ts:2  words',
    fix: 'zero.tables.words: false',
  },
  {
    name: 'a composite key of a synced table contains JSON',
    files: drizzleSchema(
      `export const pairs = pgTable('pairs', {\n  a: integer('a').notNull(),\n  b: jsonb('b').notNull(),\n}, (t) => [primaryKey({ columns: [t.a, t.b] })]);\n${NOTES}`,
    ),
    command: zero,
    code: 'zero/key-not-synced',
    place: 'schema.ts:4  pairs.b',
    fix: 'zero.tables.pairs: false',
  },
  {
    name: 'two columns are each declared as the primary key',
    files: drizzleSchema(
      `export const pairs = pgTable('pairs', {\n  a: integer('a').primaryKey(),\n  b: integer('b').primaryKey(),\n});`,
    ),
    command: 'generate',
    code: 'schema/two-keys',
    place: 'schema.ts:2  pairs',
    fix: 'primaryKey({ columns: [t.a, t.b] })',
  },
  {
    name: 'a table is exported twice',
    files: drizzleSchema(`${NOTES}\nexport const oldNotes = notes;`),
    command: zero,
    code: 'schema/aliased-table',
    place: 'schema.ts:2  notes',
    fix: "aliases: ['oldNotes']",
    warning: true,
  },
  {
    name: 'two tables have the same SQL name',
    files: drizzleSchema(
      `${NOTES}\nexport const tags = pgTable('notes', { id: uuid('id').primaryKey() });`,
    ),
    command: 'generate',
    code: 'schema/table-twice',
    place: 'schema.ts:2  notes',
    fix: 'rename',
  },
  {
    name: 'two columns have the same SQL name',
    files: drizzleSchema(
      `export const notes = pgTable('notes', {\n  id: uuid('id').primaryKey(),\n  title: text('title'),\n  heading: text('title'),\n});`,
    ),
    command: 'generate',
    code: 'schema/column-twice',
    place: 'schema.ts:4  notes.title, heading:5',
    fix: 'rename',
  },
  {
    name: 'the name of a column is too long for Postgres',
    files: drizzleSchema(
      `export const notes = pgTable('notes', {\n  id: uuid('id').primaryKey(),\n  long: text('${'long_'.repeat(14)}'),\n});`,
    ),
    command: 'generate',
    code: 'schema/name-too-long',
    place: 'schema.ts:4  notes.long',
    fix: 'shorten',
  },
  {
    name: 'Zero cannot use the name of a column',
    files: drizzleSchema(
      `export const notes = pgTable('notes', {\n  id: uuid('id').primaryKey(),\n  version: text('_0_version'),\n});`,
    ),
    command: zero,
    code: 'zero/column-name',
    place: 'schema.ts:4  notes.version',
    fix: 'rename',
    warning: true,
  },
  {
    name: 'Zero does not support a type',
    files: drizzleSchema(
      `export const notes = pgTable('notes', {\n  id: uuid('id').primaryKey(),\n  at: point('at'),\n});`,
    ),
    command: zero,
    code: 'zero/unsupported-type',
    place: 'schema.ts:4  notes.at',
    fix: 'zero.tables.notes.columns.at: false',
    warning: true,
  },
  {
    name: 'a synced column has a database default',
    files: drizzleSchema(
      `export const notes = pgTable('notes', {\n  id: uuid('id').primaryKey(),\n  at: timestamp('at').notNull().defaultNow(),\n});`,
    ),
    command: zero,
    code: 'zero/default',
    place: 'schema.ts:4  notes.at',
    fix: 'zero.defaults',
    warning: true,
  },
  {
    name: 'the key is a serial',
    files: drizzleSchema(
      `export const notes = pgTable('notes', {\n  id: serial('id').primaryKey(),\n});`,
    ),
    command: zero,
    code: 'zero/default',
    place: 'schema.ts:3  notes.id',
    fix: 'zero.defaults',
    warning: true,
  },
  {
    name: 'a password hash is synced',
    files: drizzleSchema(
      `export const users = pgTable('users', {\n  id: uuid('id').primaryKey(),\n  passwordHash: text('password_hash'),\n});`,
    ),
    command: zero,
    code: 'zero/secret-column',
    place: 'schema.ts:4  users.passwordHash',
    fix: 'serverOnly(',
    warning: true,
  },
  {
    name: 'two relations have the same name',
    files: withUsers(
      `noteId: uuid('note_id'), otherId: uuid('other_id')`,
      `export const a = relations(users, ({ one }) => ({ note: one(notes, { fields: [users.noteId], references: [notes.id] }) }));
export const b = relations(users, ({ one }) => ({ note: one(notes, { fields: [users.otherId], references: [notes.id] }) }));`,
    ),
    command: zero,
    code: 'schema/relation-twice',
    place: 'schema.ts:4  users.note, note:5',
    fix: 'rename',
  },
  {
    name: 'a relation has no inverse',
    files: withUsers(
      '',
      'export const a = relations(users, ({ many }) => ({\n  notes: many(notes),\n}));',
    ),
    command: zero,
    code: 'schema/relation-no-key',
    place: 'schema.ts:5  users.notes',
    fix: 'users: one(users, { fields: [notes.…], references: [users.…] })',
  },
  {
    name: 'a relation has the same name as a column',
    files: withUsers(
      `note: uuid('note_id')`,
      'export const a = relations(users, ({ one }) => ({ note: one(notes, { fields: [users.note], references: [notes.id] }) }));',
    ),
    command: zero,
    code: 'schema/relation-name-clash',
    place: 'schema.ts:4  users.note, note:3',
    fix: "{ note: 'noteRelation' }",
  },
  {
    name: 'a relation names a column that does not exist',
    files: withUsers(
      `noteId: uuid('note_id')`,
      'export const a = relations(users, ({ one }) => ({ note: one(notes, { fields: [users.notesId], references: [notes.id] }) }));',
    ),
    command: zero,
    code: 'schema/relation-no-column',
    place: 'schema.ts:4  users.note',
    fix: 'fields',
  },
  {
    name: 'a relation uses a table that is not imported',
    files: withUsers(
      '',
      'export const a = relations(users, ({ many }) => ({ tags: many(tags) }));',
    ),
    command: zero,
    code: 'schema/relations-throw',
    place: 'schema.ts:4  a',
    fix: 'one(…)',
  },
  {
    name: 'relations are in a file that the config does not name',
    files: {
      ...drizzleSchema(NOTES),
      'relations.ts': `import { relations } from 'drizzle-orm';\nimport { notes } from './schema.ts';\nexport const r = relations(notes, () => ({}));`,
    },
    command: zero,
    code: 'schema/relations-not-named',
    place: 'relations.ts',
    fix: 'relations.ts',
    warning: true,
  },
  {
    name: 'an index names a column that does not exist',
    files: drizzleSchema(
      `export const notes = pgTable('notes', { id: uuid('id').primaryKey(), title: text('title') }, (t) => [\n  index().on(t.titel),\n]);`,
    ),
    command: 'generate',
    code: 'schema/constraints-throw',
    place: 'schema.ts:3  notes',
    fix: 'did you mean title?',
  },
  {
    name: 'the SQL of a check is broken',
    files: drizzleSchema(
      `export const notes = pgTable('notes', { id: uuid('id').primaryKey(), size: integer('size') }, (t) => [\n  check('positive', sql\`\${t.size} >> > 0\`),\n]);`,
    ),
    command: 'generate',
    code: 'schema/check-not-sql',
    place: 'schema.ts:2  notes',
    fix: 'sql`…`',
  },
  {
    name: 'the SQL of a view is broken',
    files: drizzleSchema(
      `${NOTES}\nexport const titles = pgView('titles', { title: text('title') }).as(sql\`selec title from notes\`);`,
    ),
    command: 'generate',
    code: 'schema/view-not-sql',
    place: 'schema.ts:3  titles',
    fix: 'sql`…`',
  },
  {
    name: 'bounds are reversed',
    files: kitSchema(
      `export const notes = pgTable('notes', { id: id(), size: integer('size') }, (t) => [\n  between(t.size, 5, 1),\n]);`,
    ),
    command: zero,
    code: 'kit/wrong-bounds',
    place: 'schema.ts:4  notes',
    fix: 'the smaller',
  },
  {
    name: 'a pattern has a lookbehind',
    files: kitSchema(
      `export const notes = pgTable('notes', { id: id(), name: text('name') }, (t) => [\n  matches(t.name, /(?<=a)b/),\n]);`,
    ),
    command: zero,
    code: 'kit/pattern-not-portable',
    place: 'schema.ts:4  notes',
    fix: '[a-z]',
  },
  {
    name: 'columns are spread that the module does not export',
    files: {
      'schema.ts': `import { pgTable, uuid } from 'drizzle-orm/pg-core'; import * as shared from './shared.ts';
export const notes = pgTable('notes', { id: uuid('id').primaryKey(), ...shared.timestamp });`,
      'shared.ts': 'export const timestamps = {};',
    },
    command: 'generate',
    code: 'generate/cannot-load',
    place: 'schema.ts:2',
    fix: 'correct the import, or add the export',
  },
];
