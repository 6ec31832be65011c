import { aboutPart, columnOf } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { vectorType } from '../vector-type.ts';

export const vectorDimensions: LintRule = defineRule({
  code: 'lint/vector-dimensions',
  severity: 'error',
  presets: ['recommended'],
  title: 'An indexed vector has at most 2,000 dimensions, a halfvec at most 4,000.',
  why: 'Above that, pgvector refuses the index, so the migration fails.',
  inputs: ['definitions'],
  example: {
    bad: `export const documents = pgTable('documents', {
  id: uuid('id').primaryKey(),
  embedding: vector('embedding', { dimensions: 3072 }),
}, (t) => [index('documents_embedding').using('hnsw', t.embedding.op('vector_cosine_ops'))]);`,
    good: `export const documents = pgTable('documents', {
  id: uuid('id').primaryKey(),
  embedding: halfvec('embedding', { dimensions: 3072 }),
}, (t) => [index('documents_embedding').using('hnsw', t.embedding.op('halfvec_cosine_ops'))]);`,
    alike: [
      `export const documents = pgTable('documents', {
  id: uuid('id').primaryKey(),
  embedding: vector('embedding', { dimensions: 2000 }),
}, (t) => [index('documents_embedding').using('hnsw', t.embedding.op('vector_cosine_ops'))]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.indexes
        .filter(({ method }) => method === 'hnsw' || method === 'ivfflat')
        .flatMap(({ name, columns: [first] }) => {
          const column = first && 'column' in first ? columnOf(table, first.column) : undefined;
          const type = column && vectorType(column);
          if (column === undefined || type === undefined || type.dimensions <= type.limit)
            return [];
          return {
            ...aboutPart(table, name, [column.name]),
            message: `${table.exportName}.${column.key} has ${type.dimensions} dimensions; an index of a ${type.name} supports at most ${type.limit}.`,
            fix:
              type.name === 'vector' && type.dimensions <= 4000
                ? 'make the column a halfvec(), which is indexed up to 4,000 dimensions.'
                : 'use a model with fewer dimensions, or remove the index.',
          };
        }),
    ),
});
