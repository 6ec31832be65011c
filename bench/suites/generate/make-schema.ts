/** A schema to generate from, as source texts by file name. */
export type SchemaFiles = Readonly<Record<string, string>>;

export interface SchemaShape {
  readonly tables: number;
  /** Of each table, its key and its two references aside. */
  readonly columns: number;
  /**
   * Types of their own for texts and JSON, which no value tells at run time: declared
   * beside the tables, or in a module that knows nothing of Drizzle.
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

/** Only what a frontend's types are about differs: the same columns, with `$type`. */
const NAMED: Readonly<Record<number, (name: string, table: number) => string>> = {
  0: (name, table) => `text('${name}').$type<Label${table}>().notNull()`,
  5: (name, table) => `jsonb('${name}').$type<Detail${table}>()`,
};

/**
 * A ring of tables: each refers to the next one and to the seventh from it, and has
 * three relations. All in one file, which is all that the peer takes.
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

/** As many queries as there are tables, each over two relations. */
export function makeQueries(tables: number): string {
  const queries = Array.from(
    { length: tables },
    (_, at) =>
      `export const query${at} = zql.table${at}.where('id', '=', 'x').related('next').related('far');`,
  );
  return `import { zql } from './zero-schema.gen.ts';\n\n${queries.join('\n')}\n`;
}
