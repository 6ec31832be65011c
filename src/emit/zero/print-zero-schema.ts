import type { TsImport } from '../../model/ts-type.ts';
import { importBook, type ImportBook, type ImportEnding } from './import-book.ts';
import { block, printLiteral, raw, type Literal } from './print-literal.ts';
import { printTypeText } from './print-type-text.ts';
import type { CustomType, ZeroColumn, ZeroSchema, ZeroTable } from './zero-nodes.ts';
import { quote } from './quote.ts';

export interface PrintOptions {
  /** Absolute; imports of the user's types are relative to it. */
  readonly outFile: string;
  /** The file ending in imports of the user's modules; `.ts` by default. */
  readonly importEnding?: ImportEnding;
  /** Whether to declare the schema as the default of Zero's types; true by default. */
  readonly defaultTypes?: boolean;
}

const HEADER = `// Made by \`garden generate zero\` from the Drizzle schema, and made anew by the next run:
// change the tables, not this file.
/* eslint-disable */
`;

const OWN_NAMES = [
  'schema',
  'zql',
  'Schema',
  'createBuilder',
  'Row',
  'SchemaQuery',
  'ReadonlyJSONValue',
];

/**
 * Prints a Zero schema as a module for applications: the schema as literal data, which is
 * the cheapest for TypeScript to check; the row types; the query builder.
 */
export function printZeroSchema({ tables }: ZeroSchema, options: PrintOptions): string {
  const customs = tables.flatMap(({ columns }) => columns.flatMap(({ custom }) => custom ?? []));
  const imports = customs.flatMap(importsOf);
  const words = new Set(customs.flatMap(wordsOf));
  const taken = new Set([...OWN_NAMES, ...tables.map(({ rowType }) => rowType), ...words]);
  const book = importBook(
    imports.filter((one) => !isZeros(one)),
    taken,
    options.outFile,
    options.importEnding ?? '.ts',
  );
  const json = customs.some(({ kind }) => kind === 'json') || imports.some(isZeros);
  const related = tables.filter(({ relations }) => relations.length > 0);
  const schema: Literal = block({
    tables: block(
      Object.fromEntries(tables.map((table) => [table.name, tableLiteral(table, book)])),
    ),
    relationships: block(
      Object.fromEntries(related.map((table) => [table.name, relationsLiteral(table)])),
    ),
  });
  const rows = tables.map(({ name, rowType, doc }) => {
    const comment = doc === undefined ? '' : `${jsDoc(doc)}\n`;
    return `${comment}export type ${rowType} = Row<Schema['tables']['${name}']>;\n`;
  });
  return `${HEADER}
import { createBuilder${json ? ', type ReadonlyJSONValue' : ''}${tables.length > 0 ? ', type Row' : ''}, type SchemaQuery } from '@rocicorp/zero';
${book.print()}
export const schema = ${printLiteral(schema)} as const;

export type Schema = typeof schema;

${rows.join('')}${rows.length > 0 ? '\n' : ''}/** Queries of these tables. */
export const zql: SchemaQuery<Schema> = createBuilder(schema);
${options.defaultTypes === false ? '' : DEFAULT_TYPES}`;
}

/** A program can have only one of these: with two it does not compile. */
const DEFAULT_TYPES = `
declare module '@rocicorp/zero' {
  interface DefaultTypes {
    schema: Schema;
  }
}
`;

function tableLiteral(table: ZeroTable, book: ImportBook): Literal {
  return block({
    name: table.name,
    ...(table.serverName === undefined ? {} : { serverName: table.serverName }),
    columns: block(
      Object.fromEntries(table.columns.map((column) => [column.name, columnLiteral(column, book)])),
    ),
    primaryKey: table.primaryKey,
  });
}

function columnLiteral(column: ZeroColumn, book: ImportBook): Literal {
  return {
    type: column.type,
    ...(column.serverName === undefined ? {} : { serverName: column.serverName }),
    ...(column.optional ? { optional: true } : {}),
    ...(column.custom === undefined
      ? {}
      : { customType: raw(`null as unknown as ${printCustom(column.custom, book)}`) }),
  };
}

const relationsLiteral = ({ relations }: ZeroTable): Literal =>
  block(
    Object.fromEntries(
      relations.map(({ name, hops }) => [
        name,
        hops.map(({ sourceField, destField, destSchema, cardinality }) => ({
          sourceField,
          destField,
          destSchema,
          cardinality,
        })),
      ]),
    ),
  );

function printCustom(custom: CustomType, book: ImportBook): string {
  switch (custom.kind) {
    case 'plain':
      return custom.text;
    case 'json':
      return 'ReadonlyJSONValue';
    case 'inferred': {
      const [table] = importsOf(custom);
      const inferred = `(typeof ${table ? book.local(table) : custom.table}.$inferSelect)[${quote(custom.column)}]`;
      // Zero itself adds null to the type of a nullable column.
      return custom.nullable ? `NonNullable<${inferred}>` : inferred;
    }
    case 'text':
      return printTypeText(
        custom.parts.map((part) => {
          if (typeof part === 'string') return part;
          return isZeros(part) ? part.name : book.local(part);
        }),
      );
  }
}

function importsOf(custom: CustomType): readonly TsImport[] {
  if (custom.kind === 'inferred') return [{ name: custom.table, from: { file: custom.file } }];
  if (custom.kind !== 'text') return [];
  return custom.parts.filter((part) => typeof part !== 'string');
}

/**
 * Words that an import must not use as a name, because a type text may refer to something
 * else by them.
 */
function wordsOf(custom: CustomType): readonly string[] {
  if (custom.kind !== 'text') return [];
  return custom.parts
    .filter((part) => typeof part === 'string')
    .flatMap((part) => part.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []);
}

/** Zero's JSON type is imported together with the rest of Zero. */
const isZeros = ({ name, from }: TsImport): boolean =>
  name === 'ReadonlyJSONValue' && 'package' in from && from.package === '@rocicorp/zero';

function jsDoc(doc: string): string {
  const lines = doc.replaceAll('*/', '*\\/').split('\n');
  if (lines.length === 1) return `/** ${lines[0]} */`;
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */`;
}
