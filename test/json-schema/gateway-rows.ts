import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import * as gateway from '../../src/apps/gateway/index.ts';
import { planJsonSchema } from '../../src/emit/json-schema/plan-json-schema.ts';
import { printJson } from '../../src/emit/json-schema/print-json.ts';
import type { Column } from '../../src/model/column.ts';
import type { Table } from '../../src/model/table.ts';
import { readSchema } from '../../src/read/drizzle/read-schema.ts';
import { drawRow } from '../../src/rows/draw-row.ts';
import { className } from './class-name.ts';
import { hostileJson } from './hostile-json.ts';
import { encodeRow } from './json-rows.ts';

const { schema } = readSchema({
  files: [
    {
      file: new URL(import.meta.resolve('../../src/apps/gateway/index.ts')).pathname,
      exports: gateway,
    },
  ],
});

/** The tables of the gateway. */
export const { tables } = schema;

/** The JSON Schema of the gateway, as `garden generate json-schema` writes it. */
export const document = JSON.parse(printJson(planJsonSchema(schema).document)) as object;

const ajv = addFormats.default(new Ajv2020({ strict: true }));
ajv.addVocabulary(['x-checks', 'x-default', 'x-server-only']);
ajv.addSchema(document, 'rows');

export const insertName = (table: Table): string => `${className(table.name)}Insert`;

/** The validator of the new rows of a table. */
export function validatorOf(table: Table): ValidateFunction {
  const validate = ajv.getSchema(`rows#/$defs/${insertName(table)}`);
  if (!validate) throw new Error(`no definition ${insertName(table)}`);
  return validate;
}

/** Valid rows of a table as JSON. */
export const soundRows = (table: Table): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .nat(10_000)
    .map((seed) =>
      encodeRow(table, drawRow(table, { seed, row: 0, parents: new Map(), tables, sample: {} })),
    );

/** A row in which one value is hostile. */
export interface HostileRow {
  readonly json: Record<string, unknown>;
  readonly column: Column;
  readonly value: unknown;
}

export const hostileRows = (table: Table): fc.Arbitrary<HostileRow> =>
  fc
    .constantFrom(...table.columns)
    .chain((column) =>
      fc
        .tuple(soundRows(table), hostileJson(column.type))
        .map(([json, value]) => ({ json: { ...json, [column.name]: value }, column, value })),
    );
