import { qualifiedName } from '../../model/table-id.ts';
import type { Schema } from '../../model/schema.ts';
import type { Table } from '../../model/table.ts';
import type { Column } from '../../model/column.ts';
import { DefinitionNames } from './definition-names.ts';
import type { JsonObject } from './json.ts';
import { planColumn, type PlannedColumn } from './plan-column.ts';
import { WordDefinitions } from './word-definitions.ts';

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
  const words = new WordDefinitions(names, (name, node) => definitions.push([name, node]));
  const listed: string[] = [];
  for (const { table, names: definitionOf } of tables) {
    const isShown = ({ serverOnly }: Column): boolean =>
      !serverOnly || choices.serverOnly !== false;
    const columns = table.columns.filter(isShown).map((column) => {
      const key = byName ? column.name : column.key;
      const parts = [...nameOf(table), key];
      return planColumn(table, column, {
        key,
        defineWords: (type, list) => words.reference({ type, words: list, parts }),
      });
    });
    const hidden = table.columns.filter((column) => !isShown(column));
    const checks = table.checks.filter(
      (check) =>
        !check.notEnforced &&
        !columns.some(({ expressed }) => expressed.includes(check)) &&
        // Nobody can judge them without the hidden column.
        !hidden.some(({ name }) => mentions(check.sql, name)),
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

const mentions = (sql: string, column: string): boolean =>
  sql.includes(`"${column}"`) || sql.split(/[^\p{L}\p{N}_$]+/u).includes(column);

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
