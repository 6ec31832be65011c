import { quoteName, quoteTable } from '../../model/quote-sql.ts';
import { aboutColumn } from '../../model/about.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { vectorType } from '../vector-type.ts';

export const vectorIndex: LintRule = defineRule({
  code: 'lint/vector-index',
  severity: 'warning',
  presets: ['recommended', 'patterns'],
  title: 'Every vector column has an HNSW or IVFFlat index.',
  why: 'Without one, each search for the nearest vectors reads every row.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const documents = pgTable('documents', {
  id: uuid('id').primaryKey(),
  embedding: vector('embedding', { dimensions: 384 }),
});`,
    good: `export const documents = pgTable('documents', {
  id: uuid('id').primaryKey(),
  embedding: vector('embedding', { dimensions: 384 }),
}, (t) => [index('documents_embedding').using('hnsw', t.embedding.op('vector_cosine_ops'))]);`,
    alike: [
      `export const documents = pgTable('documents', {
  id: uuid('id').primaryKey(),
  embedding: vector('embedding', { dimensions: 3072 }),
}, (t) => [
  index('documents_embedding').using('hnsw', sql\`(\${t.embedding}::halfvec(3072)) halfvec_cosine_ops\`),
]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.columns.flatMap((column) => {
        const type = vectorType(column);
        if (type === undefined) return [];
        const isIndexed = table.indexes.some(
          ({ method, columns }) =>
            ['hnsw', 'ivfflat'].includes(method) &&
            columns.some((each) =>
              'column' in each ? each.column === column.name : names(each.expression, column.name),
            ),
        );
        if (isIndexed) return [];
        const as = type.needsHalf
          ? `sql\`(\${t.${column.key}}::halfvec(${type.dimensions})) halfvec_cosine_ops\``
          : `t.${column.key}.op('${type.name}_cosine_ops')`;
        const name = quoteName(column.name);
        const inSql = type.needsHalf
          ? `(${name}::halfvec(${type.dimensions})) halfvec_cosine_ops`
          : `${name} ${type.name}_cosine_ops`;
        return {
          ...aboutColumn(table, column),
          message: `the vector ${table.exportName}.${column.key} has no HNSW or IVFFlat index.`,
          fix: `add index('idx_${table.name}_${column.name}').using('hnsw', ${as}), with the operator class of the distance that is searched by.`,
          sqlFix: `run CREATE INDEX ON ${quoteTable(table.id)} USING hnsw (${inSql}), with the operator class of the distance that is searched by.`,
        };
      }),
    ),
});

const names = (expression: string, column: string): boolean =>
  (expression.match(/"(?:[^"]|"")+"|\w+/g) ?? []).some(
    (word) => word === column || word === `"${column}"`,
  );
