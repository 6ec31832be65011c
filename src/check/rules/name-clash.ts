import { aboutTable } from '../../model/about.ts';
import type { Schema } from '../../model/schema.ts';
import { qualifiedName, schemaOf } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import { aboutPart } from '../about-columns.ts';
import { defineRule, type LintRule, type Violation } from '../lint-rule.ts';
import { namedParts, type NamedPart } from '../named-parts.ts';

/** A named object, and the namespace in which its name must be unique. */
interface Named {
  readonly scope: string;
  readonly kind: NamedPart['kind'] | 'table' | 'view' | 'sequence' | 'enum' | 'role';
  readonly what: string;
  readonly name: string;
  readonly about: Pick<Violation, 'object' | 'places'>;
  /** Two with the same content are one object. */
  readonly content?: string;
}

export const nameClash: LintRule = defineRule({
  code: 'lint/name-clash',
  severity: 'error',
  presets: ['recommended', 'zero'],
  title: 'No two objects have the same name in the database.',
  why: 'Tables, views, sequences, indexes and keys of a schema share one namespace, and so do the constraints of a table. Postgres refuses the second object, so the migration fails. Of two foreign keys or two roles, drizzle-kit silently keeps one. schema/name-twice reports two indexes, views or policies with the same name; this rule reports all other clashes.',
  inputs: ['definitions'],
  example: {
    bad: `export const notes = pgTable('notes', { id: uuid('id') }, (t) => [
  primaryKey({ name: 'pk', columns: [t.id] }),
]);
export const tasks = pgTable('tasks', { id: uuid('id') }, (t) => [
  primaryKey({ name: 'pk', columns: [t.id] }),
]);`,
    good: `export const notes = pgTable('notes', { id: uuid('id') }, (t) => [
  primaryKey({ name: 'notes_pk', columns: [t.id] }),
]);
export const tasks = pgTable('tasks', { id: uuid('id') }, (t) => [
  primaryKey({ name: 'tasks_pk', columns: [t.id] }),
]);`,
    alike: [
      `export const byTitle = pgEnum('by_title', ['a', 'b']);
export const users = pgTable('users', { id: uuid('id').primaryKey() });
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  ownerId: uuid('owner_id').references(() => users.id),
}, (t) => [
  index('by_title').on(t.ownerId),
  foreignKey({ columns: [t.ownerId], foreignColumns: [users.id] }),
]);`,
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
      if (REFUSED.has(named.kind) && REFUSED.has(other.kind)) return [];
      if (named.content !== undefined && named.content === other.content) return [];
      return {
        object: named.about.object,
        places: [...named.about.places, ...other.about.places],
        ...(named.what === other.what
          ? { message: `${named.what} is defined twice.`, fix: 'remove or rename one of them.' }
          : {
              message: `${named.what} and ${other.what} have the same name in the database, ${named.name}.`,
              fix: 'rename one of them.',
            }),
      };
    });
    // A key is both a constraint and an index.
    return [...new Map(found.map((one) => [`${one.object} ${one.message}`, one])).values()];
  },
});

/** All objects whose names must be unique, with their namespaces. */
function allNamed(schema: Schema): readonly Named[] {
  const relations = [...schema.tables, ...schema.views].flatMap((one) => {
    const kind = 'columns' in one ? ('table' as const) : ('view' as const);
    const named = {
      kind,
      what: `the ${kind} ${one.exportName}`,
      name: one.name,
      about: aboutTable(one),
    };
    // Each table and view has a type with the same name.
    return ['relations', 'types'].map((set) => ({ ...named, scope: `${set} of ${schemaOf(one)}` }));
  });
  const sequences = schema.sequences.map((one) => ({
    kind: 'sequence' as const,
    scope: `relations of ${schemaOf(one)}`,
    what: `the sequence ${one.name}`,
    name: one.name,
    about: { object: qualifiedName(one), places: [] },
  }));
  const enums = schema.enums.map((one) => ({
    kind: 'enum' as const,
    scope: `types of ${schemaOf(one)}`,
    what: `the enum ${one.name}`,
    name: one.name,
    about: { object: qualifiedName(one), places: [] },
  }));
  const roles = schema.roles.map((one) => ({
    kind: 'role' as const,
    scope: 'roles',
    what: `the role ${one.name}`,
    name: one.name,
    about: { object: one.name, places: [] },
    // Nothing creates them, so they may repeat.
    ...(one.existing && { content: 'existing' }),
  }));
  return [
    ...relations,
    ...sequences,
    ...enums,
    ...roles,
    ...schema.tables.flatMap((table) => parts(schema, table)),
  ];
}

const parts = (schema: Schema, table: Table): readonly Named[] =>
  namedParts(schema, table).flatMap(({ kind, name, columns, source }) =>
    SCOPES[kind].map((scope) => ({
      kind,
      scope: `${scope} of ${scope === 'relations' ? schemaOf(table) : table.id}`,
      what: `the ${kind} ${name} of ${table.exportName}`,
      name,
      about: aboutPart(table, name, columns),
      ...(kind === 'foreign key' && { content: JSON.stringify(source) }),
    })),
  );

/** Kinds for which reading the schema already reports schema/name-twice. */
const REFUSED: ReadonlySet<string> = new Set(['index', 'unique constraint', 'view', 'policy']);

const SCOPES = {
  'primary key': ['relations', 'constraints'],
  'unique constraint': ['relations', 'constraints'],
  'foreign key': ['constraints'],
  check: ['constraints'],
  index: ['relations'],
  policy: ['policies'],
} as const;
