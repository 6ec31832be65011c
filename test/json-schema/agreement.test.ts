import { is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as garden from '../../src/apps/garden/index.ts';
import * as gateway from '../../src/apps/gateway/index.ts';
import { planJsonSchema } from '../../src/emit/json-schema/plan-json-schema.ts';
import { printJson } from '../../src/emit/json-schema/print-json.ts';
import type { Column } from '../../src/model/column.ts';
import { readSchema } from '../../src/read/drizzle/read-schema.ts';
import { drawRow } from '../../src/rows/draw-row.ts';
import { insertSchema, selectSchema, updateSchema } from '../../src/zod/index.ts';
import { className } from './class-name.ts';
import * as everyType from './every-type.fixture.ts';
import { hostileJson, isNarrower, isWider } from './hostile-json.ts';
import { decodeRow, encodeRow } from './json-rows.ts';

/** Columns for which no random values are drawn. */
const SAMPLE = { small: '0', vector: [1, 2, 3] };
const operations = { Insert: insertSchema, Update: updateSchema, Select: selectSchema };

describe.each([
  ['the garden', garden, import.meta.resolve('../../src/apps/garden/index.ts'), 150],
  ['every type', everyType, import.meta.resolve('./every-type.fixture.ts'), 150],
  ['the gateway', gateway, import.meta.resolve('../../src/apps/gateway/index.ts'), 40],
])('%s', (_name, exports, url, numRuns) => {
  const { schema } = readSchema({ files: [{ file: new URL(url).pathname, exports }] });
  const ajv = addFormats.default(new Ajv2020({ strict: true, allErrors: false }));
  ajv.addVocabulary(['x-checks', 'x-default', 'x-server-only']);
  const text = printJson(planJsonSchema(schema).document);
  ajv.addSchema(JSON.parse(text) as object, 'rows');
  const compiled = (name: string): ValidateFunction => {
    const validate = ajv.getSchema(`rows#/$defs/${name}`);
    if (!validate) throw new Error(`no definition ${name}`);
    return validate;
  };
  const tables = Object.entries(exports).flatMap(([name, value]) => {
    const table = schema.tables.find(({ exportName }) => exportName === name);
    return is(value, PgTable) && table ? [{ name, drizzle: value, table }] : [];
  });
  const cases = tables.flatMap((each) =>
    (['Insert', 'Update', 'Select'] as const).map((operation) => ({ ...each, operation })),
  );

  test.each(cases)(
    '$operation of $name is judged as by Zod',
    ({ name, drizzle, table, operation }) => {
      const zod = operations[operation](drizzle);
      const validate = compiled(`${className(table.name)}${operation}`);
      const key = new Set(table.primaryKey?.columns);
      const columns = table.columns.filter(
        ({ name, generated }) =>
          operation === 'Select' || (!generated && !(operation === 'Update' && key.has(name))),
      );
      const verdicts = { accepted: 0, refused: 0 };
      const judge = (json: Readonly<Record<string, unknown>>, changed?: Column): void => {
        const expected = zod.safeParse(decodeRow(table, json)).success;
        const found = validate(json);
        const value = changed && json[changed.name];
        if (changed && found !== expected) {
          const isListed = found ? isWider : isNarrower;
          if (isListed(changed.type, value)) return;
        }
        verdicts[found ? 'accepted' : 'refused'] += 1;
        // Thousands of verdicts agree; only a difference needs the message of `expect`.
        if (found === expected) return;
        expect({ column: changed?.name, value, accepted: found }).toEqual({
          column: changed?.name,
          value,
          accepted: expected,
        });
      };
      const sound = fc.nat(10_000).map((seed) => {
        const drawn = drawRow(table, {
          seed,
          row: 0,
          parents: new Map(),
          tables: schema.tables,
          sample: name === 'everything' ? SAMPLE : {},
        });
        const json = encodeRow(table, drawn);
        return Object.fromEntries(
          columns.map(({ name: column, notNull, type }) => [
            column,
            // What only the database fills is in rows that are read.
            json[column] ?? (notNull && type.kind === 'integer' ? 1 : null),
          ]),
        );
      });
      fc.assert(
        fc.property(sound, (json) => judge(json)),
        { numRuns: 50 },
      );
      expect(verdicts.refused).toBe(0);
      fc.assert(
        fc.property(sound, fc.constantFrom(...columns), (json, column) => {
          const { [column.name]: _, ...without } = json;
          judge(without);
          judge({ ...json, nope: 1 });
        }),
        { numRuns: 50 },
      );
      for (const column of columns) {
        fc.assert(
          fc.property(sound, hostileJson(column.type), (json, value) =>
            judge({ ...json, [column.name]: value }, column),
          ),
          { numRuns },
        );
      }
      expect(verdicts.accepted).toBeGreaterThan(50);
      expect(verdicts.refused).toBeGreaterThan(50);
    },
  );
});
