import type { SchemaFiles } from '../generate/make-schema.ts';

const TYPES = [
  { drizzle: (name: string) => `text('${name}').notNull()`, sql: 'text NOT NULL' },
  { drizzle: (name: string) => `integer('${name}')`, sql: 'integer' },
  {
    drizzle: (name: string) => `timestamp('${name}', { withTimezone: true }).notNull()`,
    sql: 'timestamp with time zone NOT NULL',
  },
  { drizzle: (name: string) => `boolean('${name}').notNull()`, sql: 'boolean NOT NULL' },
  { drizzle: (name: string) => `jsonb('${name}')`, sql: 'jsonb' },
] as const;

/** The columns beside the id and the three foreign keys, twelve in all. */
export const COLUMNS = Array.from({ length: 8 }, (_, at) => TYPES[at % TYPES.length]!);

/** The table that a foreign key references. */
export const targetOf = (table: number, key: number, tables: number): number =>
  (table + key * 3) % tables;

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
    const target = targetOf(table, key, tables);
    return `  key${key}: uuid('key_${key}').references((): AnyPgColumn => table${target}.id, { onDelete: 'cascade' }),`;
  });
  const others = COLUMNS.map(({ drizzle }, at) => `  column${at}: ${drizzle(`column_${at}`)},`);
  const indexes = [1, 2].map((key) => `index('table_${table}_key_${key}').on(t.key${key})`);
  return `export const table${table} = pgTable('table_${table}', {
  id: uuid('id').primaryKey(),
${[...keys, ...others].join('\n')}
}, (t) => [${indexes.join(', ')}]);`;
}
