import type { SchemaFiles } from '../generate/make-schema.ts';

const PLAIN = [
  (name: string) => `text('${name}').notNull()`,
  (name: string) => `integer('${name}')`,
  (name: string) => `timestamp('${name}', { withTimezone: true }).notNull()`,
  (name: string) => `boolean('${name}').notNull()`,
  (name: string) => `jsonb('${name}')`,
];
/** Columns beside the id and the foreign keys, twelve in all. */
const OTHERS = 8;

/**
 * Tables with twelve columns and three foreign keys to other tables. Two of the keys have an
 * index, so that there is one finding per table.
 */
export function makeKeyedSchema(tables: number): SchemaFiles {
  const all = Array.from({ length: tables }, (_, at) => makeTable(at, tables));
  return {
    'schema.ts': `import { boolean, index, integer, jsonb, pgTable, text, timestamp, uuid, type AnyPgColumn } from 'drizzle-orm/pg-core';

${all.join('\n')}
`,
    'drizzle.config.ts':
      "export default { dialect: 'postgresql', schema: './schema.ts', out: './out' };\n",
    'package.json': '{ "type": "module" }\n',
  };
}

function makeTable(table: number, tables: number): string {
  const keys = [1, 2, 3].map((key) => {
    const target = (table + key * 3) % tables;
    return `  key${key}: uuid('key_${key}').references((): AnyPgColumn => table${target}.id, { onDelete: 'cascade' }),`;
  });
  const others = Array.from(
    { length: OTHERS },
    (_, at) => `  column${at}: ${PLAIN[at % PLAIN.length]!(`column_${at}`)},`,
  );
  const indexes = [1, 2].map((key) => `index('table_${table}_key_${key}').on(t.key${key})`);
  return `export const table${table} = pgTable('table_${table}', {
  id: uuid('id').primaryKey(),
${[...keys, ...others].join('\n')}
}, (t) => [${indexes.join(', ')}]);`;
}
