/** Source files of a schema by name. */
export type SchemaFiles = Readonly<Record<string, string>>;

export interface SchemaShape {
  readonly tables: number;
  /** Number of columns per table, without its key and its two references. */
  readonly columns: number;
  /**
   * Where the named types of text and JSON columns are declared: in the schema file (`beside`) or
   * in a module without Drizzle (`apart`). They do not exist at run time.
   */
  readonly types: 'none' | 'beside' | 'apart';
}

const PLAIN = [
  (name: string) => `text('${name}').notNull()`,
  (name: string) => `integer('${name}')`,
  (name: string) => `timestamp('${name}', { withTimezone: true }).notNull()`,
  (name: string) => `boolean('${name}').notNull()`,
  (name: string) => `text('${name}', { enum: ['draft', 'open', 'closed'] }).notNull()`,
  (name: string) => `jsonb('${name}')`,
  (name: string) => `state('${name}')`,
  (name: string) => `text('${name}').array()`,
];

/** The same columns with `$type`, which only affects the types. */
const NAMED: Readonly<Record<number, (name: string, table: number) => string>> = {
  0: (name, table) => `text('${name}').$type<Label${table}>().notNull()`,
  5: (name, table) => `jsonb('${name}').$type<Detail${table}>()`,
};

/**
 * A ring of tables: each references the next one and the seventh one after it, and has three
 * relations. All tables are in one file, because the peer supports only that.
 */
export function makeSchema({ tables, columns, types }: SchemaShape): SchemaFiles {
  const all = Array.from({ length: tables }, (_, at) => at);
  const source = [
    `import { relations } from 'drizzle-orm';
import { boolean, integer, jsonb, pgEnum, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
`,
    "export const state = pgEnum('state', ['new', 'done', 'failed']);",
    ...all.flatMap((at) => [
      ...(types === 'beside' ? [makeTypes(at)] : []),
      makeTable(at, columns, types !== 'none'),
    ]),
    ...all.map((at) => makeRelations(at, tables)),
  ];
  if (types === 'apart') {
    const names = all.map((at) => `Detail${at}, Label${at}`).join(', ');
    source.unshift(`import type { ${names} } from './types.ts';`);
  }
  return {
    'schema.ts': `${source.join('\n')}\n`,
    ...(types === 'apart' && { 'types.ts': `${all.map(makeTypes).join('\n')}\n` }),
    'drizzle.config.ts':
      "export default { dialect: 'postgresql', schema: './schema.ts', out: './out' };\n",
    'package.json': '{ "type": "module" }\n',
    'tsconfig.json': `${JSON.stringify({
      compilerOptions: {
        target: 'es2022',
        module: 'preserve',
        moduleResolution: 'bundler',
        types: [],
        strict: true,
        skipLibCheck: true,
        allowImportingTsExtensions: true,
        noEmit: true,
      },
      include: ['*.ts'],
    })}\n`,
  };
}

const makeTypes = (table: number): string => `export type Label${table} = \`label-\${string}\`;
export interface Detail${table} { readonly title: string; readonly tags: readonly Label${table}[]; readonly depth?: number }`;

function makeTable(table: number, columns: number, named: boolean): string {
  const lines = Array.from({ length: columns }, (_, at) => {
    const kind = at % PLAIN.length;
    const make = (named && NAMED[kind]) || PLAIN[kind]!;
    return `  column${at}: ${make(`column_${at}`, table)},`;
  });
  return `export const table${table} = pgTable('table_${table}', {
  id: uuid('id').primaryKey(),
  nextId: uuid('next_id').notNull(),
  farId: uuid('far_id'),
${lines.join('\n')}
});`;
}

function makeRelations(table: number, tables: number): string {
  const next = (table + 1) % tables;
  const far = (table + 7) % tables;
  const before = (table + tables - 1) % tables;
  return `export const table${table}Relations = relations(table${table}, ({ one, many }) => ({
  next: one(table${next}, { fields: [table${table}.nextId], references: [table${next}.id], relationName: 'next${table}' }),
  previous: many(table${before}, { relationName: 'next${before}' }),
  far: one(table${far}, { fields: [table${table}.farId], references: [table${far}.id], relationName: 'far${table}' }),
}));`;
}

/** One query per table, each with two relations. */
export function makeQueries(tables: number): string {
  const queries = Array.from(
    { length: tables },
    (_, at) =>
      `export const query${at} = zql.table${at}.where('id', '=', 'x').related('next').related('far');`,
  );
  return `import { zql } from './zero-schema.gen.ts';\n\n${queries.join('\n')}\n`;
}
