import { baseType } from '../../model/base-type.ts';
import { sqlType } from '../../model/sql-type.ts';
import { aboutPart, columnOf } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

const documents = `export const documents = pgTable('documents', {
  id: uuid('id').primaryKey(),
  embedding: halfvec('embedding', { dimensions: 384 }),
}, (t) => [`;

export const operatorClass: LintRule = defineRule({
  code: 'lint/operator-class',
  severity: 'error',
  presets: ['recommended', 'patterns'],
  title: 'The operator class of an index fits the type of the column.',
  why: 'Postgres refuses an operator class for a different type, and pgvector has no default operator class for HNSW and IVFFlat. In both cases the migration fails.',
  inputs: ['definitions'],
  example: {
    bad: `${documents}index('documents_embedding').using('hnsw', t.embedding.op('vector_cosine_ops'))]);`,
    good: `${documents}index('documents_embedding').using('hnsw', t.embedding.op('halfvec_cosine_ops'))]);`,
    alike: [
      `export const mood = pgEnum('mood', ['good', 'bad']);
export const documents = pgTable('documents', {
  id: uuid('id').primaryKey(),
  mood: mood('mood').notNull(),
  title: varchar('title', { length: 80 }).notNull(),
  tags: jsonb('tags').notNull(),
}, (t) => [
  index('documents_title').using('gin', t.title.op('gin_trgm_ops')),
  index('documents_mood').on(t.mood.op('enum_ops'), t.id.op('uuid_ops')),
  index('documents_prefix').on(t.title.op('text_pattern_ops')),
  index('documents_tags').using('gin', t.tags.op('jsonb_path_ops')),
]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.indexes.flatMap(({ name, method, columns }) =>
        columns.flatMap((key) => {
          const column = 'column' in key ? columnOf(table, key.column) : undefined;
          if (column === undefined) return [];
          const { name: element, dimensions } = baseType(sqlType(column.type));
          const type = `${element}${'[]'.repeat(dimensions)}`;
          const { opclass } = key;
          const about = aboutPart(table, name, [column.name]);
          const shown = `${table.exportName}.${column.key}`;
          if (opclass === undefined) {
            if (method !== 'hnsw' && method !== 'ivfflat') return [];
            return {
              ...about,
              message: `the index ${name} of ${shown} has no operator class, and ${method} has no default one.`,
              fix: `write t.${column.key}.op('${type}_cosine_ops'), or the operator class of another distance.`,
            };
          }
          const types = TYPES.find(([pattern]) => pattern.test(opclass))?.[1];
          const isEnum = opclass === 'enum_ops' && column.type.kind === 'enum';
          if (types === undefined || types.includes(type) || isEnum) return [];
          return {
            ...about,
            message: `${opclass} is not for ${type}, which ${shown} is.`,
            fix: `use an operator class for ${type}.`,
          };
        }),
      ),
    ),
});

const TEXT = ['text', 'character varying'];

/** The types of well-known operator classes. */
const TYPES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^vector_(?:l2|ip|cosine|l1)_ops$/, ['vector']],
  [/^halfvec_(?:l2|ip|cosine|l1)_ops$/, ['halfvec']],
  [/^sparsevec_(?:l2|ip|cosine|l1)_ops$/, ['sparsevec']],
  [/^bit_(?:hamming|jaccard)_ops$/, ['bit']],
  [/^g(?:in|ist)_trgm_ops$/, [...TEXT, 'character', 'citext']],
  [/^(?:text|varchar)_pattern_ops$/, TEXT],
  [/^jsonb_(?:path_)?ops$/, ['jsonb']],
  [/^uuid_ops$/, ['uuid']],
  [/^enum_ops$/, []],
  [/^(?:text|varchar)_ops$/, TEXT],
  [/^int2_ops$/, ['smallint']],
  [/^int4_ops$/, ['integer']],
  [/^int8_ops$/, ['bigint']],
  [/^bool_ops$/, ['boolean']],
  [/^date_ops$/, ['date']],
  [/^timestamp_ops$/, ['timestamp without time zone']],
  [/^timestamptz_ops$/, ['timestamp with time zone']],
  [/^tsvector_ops$/, ['tsvector']],
];
