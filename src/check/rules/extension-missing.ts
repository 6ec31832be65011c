import { baseType } from '../../model/base-type.ts';
import type { Schema } from '../../model/schema.ts';
import { sqlType } from '../../model/sql-type.ts';
import { aboutColumn } from '../../model/about.ts';
import { aboutPart } from '../about-columns.ts';
import { defineRule, type LintRule, type Violation } from '../lint-rule.ts';

export const extensionMissing: LintRule = defineRule({
  code: 'lint/extension-missing',
  severity: 'warning',
  presets: ['house', 'patterns'],
  title: 'The extensions that columns and indexes need are declared.',
  why: 'drizzle-kit does not create extensions. Without the extension vector, a new database refuses the first table with a vector column.',
  inputs: ['definitions'],
  example: {
    bad: `export const documents = pgTable('documents', {
  id: uuid('id').primaryKey(),
  embedding: vector('embedding', { dimensions: 384 }),
}, (t) => [index('documents_embedding').using('hnsw', t.embedding.op('vector_cosine_ops'))]);`,
    good: `export const vectors = extension('vector');
export const documents = pgTable('documents', {
  id: uuid('id').primaryKey(),
  embedding: vector('embedding', { dimensions: 384 }),
}, (t) => [index('documents_embedding').using('hnsw', t.embedding.op('vector_cosine_ops'))]);`,
    alike: [
      `export const places = pgTable('places', {
  id: uuid('id').primaryKey(),
  vector: text('vector'),
  at: point('at'),
}, (t) => [index('places_vector').on(t.vector.op('text_pattern_ops'))]);`,
    ],
  },
  check: (schema) => {
    const declared = declaredIn(schema);
    const found = needs(schema).filter(({ extension }) => !declared.has(extension));
    // One finding for each extension, at the first object that needs it.
    const first = new Map(found.toReversed().map((need) => [need.extension, need]));
    return [...first.values()].map(({ extension, what, about }) => ({
      ...about,
      message: `${what} needs the extension ${extension}, which the schema does not create.`,
      fix: `export extension('${extension}') of the kit from the schema.`,
    }));
  },
});

interface Need {
  readonly extension: string;
  readonly what: string;
  readonly about: Pick<Violation, 'object' | 'places'>;
}

const OF_TYPE: Readonly<Record<string, string>> = {
  vector: 'vector',
  halfvec: 'vector',
  sparsevec: 'vector',
  citext: 'citext',
  ltree: 'ltree',
  hstore: 'hstore',
  geometry: 'postgis',
  geography: 'postgis',
};

const OF_CLASS: readonly (readonly [RegExp, string])[] = [
  [/trgm_ops/, 'pg_trgm'],
  [/^(?:vector|halfvec|sparsevec)_\w+_ops$/, 'vector'],
];

const needs = ({ tables }: Schema): readonly Need[] =>
  tables.flatMap((table) => [
    ...table.columns.flatMap((column): readonly Need[] => {
      const extension = OF_TYPE[baseType(sqlType(column.type)).name];
      if (extension === undefined) return [];
      const what = `${table.exportName}.${column.key}`;
      return [{ extension, what, about: aboutColumn(table, column) }];
    }),
    ...table.indexes.flatMap(({ name, columns }) =>
      columns.flatMap((key): readonly Need[] => {
        const text = key.opclass ?? ('expression' in key ? key.expression : '');
        const extension = OF_CLASS.find(([pattern]) => pattern.test(text))?.[1];
        if (extension === undefined) return [];
        return [{ extension, what: `the index ${name}`, about: aboutPart(table, name, []) }];
      }),
    ),
  ]);

/** The kit's extension(), and companion SQL with CREATE EXTENSION. */
function declaredIn({ extensions, companion }: Schema): ReadonlySet<string> {
  const created = companion.flatMap(({ create }) =>
    [...create.matchAll(/create\s+extension\s+(?:if\s+not\s+exists\s+)?"?([\w-]+)"?/gi)].map(
      ([, name = '']) => name.toLowerCase(),
    ),
  );
  return new Set([...extensions.map(({ name }) => name), ...created]);
}
