import { baseType } from '../../model/base-type.ts';
import type { ColumnType } from '../../model/column-type.ts';
import { checkColumns, nameColumn } from '../column-rule.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const drizzleCustomType: LintRule = defineRule({
  code: 'lint/drizzle-custom-type',
  severity: 'error',
  presets: ['recommended', 'zero'],
  title: 'A custom type has a name that drizzle-kit can quote.',
  why: 'drizzle-kit quotes the whole dataType() of a type that it does not know. The database then looks for a type that is literally named "geography(point)" or "extensions.citext", and the migration fails.',
  inputs: ['definitions'],
  example: {
    bad: `const point = customType<{ data: string }>({ dataType: () => 'geography(point, 4326)' });
export const places = pgTable('places', {
  id: uuid('id').primaryKey(),
  at: point('at').notNull(),
});`,
    good: `const point = customType<{ data: string }>({ dataType: () => 'geometry(point, 4326)' });
export const places = pgTable('places', {
  id: uuid('id').primaryKey(),
  at: point('at').notNull(),
});`,
    alike: [
      `const words = customType<{ data: string }>({ dataType: () => 'tsvector' });
const amount = customType<{ data: string }>({ dataType: () => 'numeric(12, 2)' });
const paths = customType<{ data: string }>({ dataType: () => 'ltree[]' });
const mood = customType<{ data: string }>({ dataType: () => 'Mood' });
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  words: words('words'),
  amount: amount('amount'),
  paths: paths('paths'),
  mood: mood('mood'),
});`,
    ],
  },
  check: checkColumns((column, table) => {
    const sql = customSql(column.type);
    if (sql === undefined || !isBroken(sql)) return undefined;
    return {
      message: `drizzle-kit writes the type of ${nameColumn(column, table)} as "${sql}".`,
      fix: 'return the plain name, in lower case and without a schema or arguments, and set the search_path of the database so that it is found.',
    };
  }),
});

/** Prefixes of the types that drizzle-kit does not quote. */
const KNOWN =
  /^(?:uuid|smallint|integer|bigint|boolean|text|varchar|serial|bigserial|decimal|numeric|real|json|time|date|interval|double precision|char|vector|geometry|halfvec|sparsevec|bit)/;

/** Keywords of the grammar, which are not names of types. */
const GRAMMAR = new Set(['int', 'float', 'dec', 'national character', 'national char']);

function customSql(type: ColumnType): string | undefined {
  if (type.kind === 'array') return customSql(type.of);
  return type.kind === 'other' ? type.sql : undefined;
}

function isBroken(sql: string): boolean {
  if (KNOWN.test(sql)) return false;
  const name = sql.replaceAll(/\[\d*\]/g, '');
  if (name === '' || GRAMMAR.has(name.toLowerCase()) || /[^\w$]/.test(name)) return true;
  // The name of a built-in type in capitals. A user-defined type may have capitals.
  return name !== name.toLowerCase() && isBuiltIn(name.toLowerCase());
}

const isBuiltIn = (name: string): boolean =>
  KNOWN.test(name) || baseType(name).name !== name || BUILT_IN.has(name);

const BUILT_IN = new Set(
  'bytea citext inet cidr macaddr money xml tsvector tsquery point line box circle path polygon'.split(
    ' ',
  ),
);
