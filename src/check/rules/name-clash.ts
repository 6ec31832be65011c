import { aboutTable } from '../../model/about.ts';
import type { Schema } from '../../model/schema.ts';
import { schemaOf } from '../../model/table-id.ts';
import { aboutPart } from '../about-columns.ts';
import { defineRule, type LintRule, type Violation } from '../lint-rule.ts';
import { namedParts } from '../named-parts.ts';

/** Something with a name, and where no other may have it. */
interface Named {
  readonly scope: string;
  readonly what: string;
  readonly name: string;
  readonly about: Pick<Violation, 'object' | 'places'>;
}

export const nameClash: LintRule = defineRule({
  code: 'lint/name-clash',
  severity: 'error',
  presets: ['recommended', 'zero'],
  title: 'No two objects have the same name in the database.',
  why: 'Tables, views, sequences, indexes and keys of a schema share one set of names, and so do the constraints of a table. Postgres refuses the second object, so that the migration fails.',
  inputs: ['definitions'],
  example: {
    bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [index('by_title').on(t.title)]);
export const tasks = pgTable('tasks', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [index('by_title').on(t.title)]);`,
    good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [index('notes_by_title').on(t.title)]);
export const tasks = pgTable('tasks', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [index('tasks_by_title').on(t.title)]);`,
    alike: [
      `export const archive = pgSchema('archive');
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [index('by_title').on(t.title), check('not_blank', sql\`\${t.title} <> ''\`), pgPolicy('read', { for: 'select', using: sql\`true\` })]);
export const oldNotes = archive.table('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [index('by_title').on(t.title), check('not_blank', sql\`\${t.title} <> ''\`)]);
export const tasks = pgTable('tasks', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [check('not_blank', sql\`\${t.title} <> ''\`), pgPolicy('read', { for: 'select', using: sql\`true\` })]);`,
    ],
  },
  check: (schema) => {
    const first = new Map<string, Named>();
    const found = allNamed(schema).flatMap((named) => {
      const id = JSON.stringify([named.scope, named.name]);
      const other = first.get(id);
      if (other === undefined) {
        first.set(id, named);
        return [];
      }
      return {
        object: named.about.object,
        places: [...named.about.places, ...other.about.places],
        message: `${named.what} and ${other.what} have the same name in the database, ${named.name}.`,
        fix: 'rename one of them.',
      };
    });
    // A key is a constraint and an index too.
    return [...new Map(found.map((one) => [one.message, one])).values()];
  },
});

/** Everything whose name must be unique, with the set of names that it belongs to. */
function allNamed(schema: Schema): readonly Named[] {
  const relations = [...schema.tables, ...schema.views].map((one) => ({
    scope: `relations of ${schemaOf(one)}`,
    what: `${'columns' in one ? 'the table' : 'the view'} ${one.exportName}`,
    name: one.name,
    about: aboutTable(one),
  }));
  const sequences = schema.sequences.map((one) => ({
    scope: `relations of ${schemaOf(one)}`,
    what: `the sequence ${one.name}`,
    name: one.name,
    about: { object: `${schemaOf(one)}.${one.name}`, places: [] },
  }));
  const enums = schema.enums.map((one) => ({
    // Each table and view has a type of its own name.
    scope: `relations of ${schemaOf(one)}`,
    what: `the enum ${one.name}`,
    name: one.name,
    about: { object: `${schemaOf(one)}.${one.name}`, places: [] },
  }));
  const parts = schema.tables.flatMap((table) =>
    namedParts(schema, table).flatMap(({ kind, name, columns }): readonly Named[] => {
      const part = {
        what: `the ${kind} ${name} of ${table.exportName}`,
        name,
        about: aboutPart(table, name, columns),
      };
      const scopes = SCOPES[kind].map(
        (scope) => `${scope} of ${scope === 'relations' ? schemaOf(table) : table.id}`,
      );
      return scopes.map((scope) => ({ ...part, scope }));
    }),
  );
  return [...relations, ...sequences, ...enums, ...parts];
}

const SCOPES = {
  'primary key': ['relations', 'constraints'],
  'unique constraint': ['relations', 'constraints'],
  'foreign key': ['constraints'],
  check: ['constraints'],
  index: ['relations'],
  policy: ['policies'],
} as const;
