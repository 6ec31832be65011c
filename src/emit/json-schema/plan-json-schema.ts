import { qualifiedName } from '../../model/table-id.ts';
import type { Schema } from '../../model/schema.ts';
import type { Table } from '../../model/table.ts';
import type { ColumnType } from '../../model/column-type.ts';
import { DefinitionNames } from './definition-names.ts';
import type { JsonObject } from './json.ts';
import { planColumn, type PlannedColumn } from './plan-column.ts';

/** What the document contains. */
export interface JsonSchemaChoices {
  /**
   * Whether properties have the names of the columns in SQL or in TypeScript; `sql` by
   * default, for a backend that reads the tables.
   */
  readonly keys?: 'sql' | 'typescript';
  /** Whether server-only columns are in the document; true by default. */
  readonly serverOnly?: boolean;
}

export interface JsonSchemaPlan {
  readonly document: JsonObject;
  /** The CHECKs that the document lists but does not express: `public.notes.notes_dates_check`. */
  readonly listed: readonly string[];
}

const OPERATIONS = ['Select', 'Insert', 'Update'] as const;
type Operation = (typeof OPERATIONS)[number];

/** JSON Schema 2020-12 for the rows of all tables: `NotesSelect`, `NotesInsert`, `NotesUpdate`. */
export function planJsonSchema(schema: Schema, choices: JsonSchemaChoices = {}): JsonSchemaPlan {
  const names = new DefinitionNames();
  const byName = choices.keys !== 'typescript';
  const nameOf = ({ schema: space, name, exportName }: Table): readonly string[] =>
    byName ? [space ?? [], name].flat() : [exportName];
  // Tables get their names first, so that an enum never takes one of them.
  const tables = schema.tables.map((table) => ({
    table,
    names: names.take(nameOf(table), OPERATIONS),
  }));
  const definitions: (readonly [string, JsonObject])[] = [];
  const enums = new Map<string, string>();
  const define = (id: string, parts: readonly string[], words: readonly string[]): JsonObject => {
    let name = enums.get(id);
    if (name === undefined) {
      name = names.take(parts, [''])[''];
      enums.set(id, name);
      definitions.push([name, { type: 'string', enum: words }]);
    }
    return { $ref: `#/$defs/${name}` };
  };
  const listed: string[] = [];
  for (const { table, names: definitionOf } of tables) {
    const columns = table.columns
      .filter(({ serverOnly }) => !serverOnly || choices.serverOnly !== false)
      .map((column) => {
        const defineWords = (type: ColumnType, words: readonly string[]): JsonObject =>
          type.kind === 'enum'
            ? define(
                JSON.stringify([type.schema, type.name]),
                [type.schema ?? [], type.name].flat(),
                words,
              )
            : define(
                JSON.stringify([table.id, column.name]),
                [...nameOf(table), byName ? column.name : column.key],
                words,
              );
        return planColumn(table, column, { key: byName ? column.name : column.key, defineWords });
      });
    const checks = table.checks.filter(
      (check) => !check.notEnforced && !columns.some(({ expressed }) => expressed.includes(check)),
    );
    listed.push(...checks.map(({ name }) => qualifiedName(table, name)));
    for (const operation of OPERATIONS) {
      definitions.push([definitionOf[operation], rowNode(table, columns, operation, checks)]);
    }
  }
  return {
    document: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $comment: 'Written by `garden generate json-schema`. Do not edit.',
      $defs: Object.fromEntries(definitions),
    },
    listed,
  };
}

function rowNode(
  table: Table,
  columns: readonly PlannedColumn[],
  operation: Operation,
  checks: Table['checks'],
): JsonObject {
  const present = columns.filter((column) => operation === 'Select' || column.isWritable);
  const used = present.filter(({ isKey }) => operation !== 'Update' || !isKey);
  const required = used.filter(
    ({ isOptional }) => operation === 'Select' || (operation === 'Insert' && !isOptional),
  );
  return {
    ...(table.doc !== undefined && { description: table.doc }),
    type: 'object',
    properties: Object.fromEntries(
      used.map(({ key, read, written }) => [key, operation === 'Select' ? read : written]),
    ),
    ...(required.length > 0 && { required: required.map(({ key }) => key) }),
    additionalProperties: false,
    ...(checks.length > 0 &&
      operation !== 'Select' && {
        'x-checks': checks.map(({ name, sql }) => ({ name, sql })),
      }),
  };
}
