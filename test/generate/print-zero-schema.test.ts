import { format } from 'oxfmt';
import { expect, test } from 'vitest';
import { planZero } from '../../src/emit/zero/plan-zero.ts';
import { printZeroRules } from '../../src/emit/zero/print-zero-rules.ts';
import { printZeroSchema } from '../../src/emit/zero/print-zero-schema.ts';
import type { Schema } from '../../src/model/schema.ts';
import { column, relation, schema, table, text, uuid } from './made-schema.fixture.ts';

const json = { kind: 'json', binary: true } as const;
const model = (source: string): Schema =>
  schema(
    [
      table(
        'packages',
        [
          uuid('id'),
          text('fullName', { notNull: false }),
          text('registry', { type: { kind: 'text', values: ['npm', 'jsr'] } }),
          column('meta', json, {
            ts: { kind: 'text', parts: [{ name: 'Meta', from: { file: '/p/src/types.ts' } }] },
          }),
          column('shape', json, { ts: { kind: 'text', parts: [source] } }),
        ],
        { doc: 'Of one registry.' },
      ),
      table('tags', [uuid('id'), uuid('packageId')]),
    ],
    [
      relation('packages.tags', 'many', 'id', 'tags.packageId'),
      relation('tags.package', 'one', 'packageId', 'packages.id'),
    ],
  );
const print = (made: Schema): string =>
  printZeroSchema(planZero(made, undefined).zero, {
    outFile: '/p/web/zero-schema.gen.ts',
    importEnding: '.js',
  });

const expected = `// Made by \`garden generate zero\` from the Drizzle schema, and made anew by the next run:
// change the tables, not this file.
/* eslint-disable */

import { createBuilder, type Row, type SchemaQuery } from '@rocicorp/zero';
import type { Meta } from '../src/types.js';

export const schema = {
  tables: {
    packages: {
      name: 'packages',
      columns: {
        id: { type: 'string' },
        fullName: { type: 'string', serverName: 'full_name', optional: true },
        registry: { type: 'string', customType: null as unknown as 'npm' | 'jsr' },
        meta: { type: 'json', customType: null as unknown as Meta },
        shape: { type: 'json', customType: null as unknown as { a: 'b'; c: 1 } },
      },
      primaryKey: ['id'],
    },
    tags: {
      name: 'tags',
      columns: {
        id: { type: 'string' },
        packageId: { type: 'string', serverName: 'package_id' },
      },
      primaryKey: ['id'],
    },
  },
  relationships: {
    packages: {
      tags: [
        { sourceField: ['id'], destField: ['packageId'], destSchema: 'tags', cardinality: 'many' },
      ],
    },
    tags: {
      package: [
        {
          sourceField: ['packageId'],
          destField: ['id'],
          destSchema: 'packages',
          cardinality: 'one',
        },
      ],
    },
  },
} as const;

export type Schema = typeof schema;

/** Of one registry. */
export type Package = Row<Schema['tables']['packages']>;
export type Tag = Row<Schema['tables']['tags']>;

/** Queries of these tables. */
export const zql: SchemaQuery<Schema> = createBuilder(schema);

declare module '@rocicorp/zero' {
  interface DefaultTypes {
    schema: Schema;
  }
}
`;

test('a small schema, as a formatter would leave it', async () => {
  expect(print(model("{ a: 'b'; c: 1 }"))).toBe(expected);
  const options = { singleQuote: true, printWidth: 100 };
  expect((await format('schema.ts', expected, options)).code).toBe(expected);
});

test('the default types are declared, unless the choices say that another schema does', () => {
  const { zero } = planZero(model("{ a: 'b'; c: 1 }"), undefined);
  const options = { outFile: '/p/web/zero-schema.gen.ts', importEnding: '.js' } as const;
  const [schema] = expected.split('\ndeclare module');
  expect(printZeroSchema(zero, { ...options, defaultTypes: false })).toBe(schema);
  expect(printZeroSchema(zero, { ...options, defaultTypes: true })).toBe(expected);
});

test('the order of tables and relations, and how a formatter leaves a type, move nothing', () => {
  const made = model('{\n  a: "b",\n  c: 1,\n}');
  const { tables, relations } = made;
  expect(print({ ...made, tables: tables.toReversed(), relations: relations.toReversed() })).toBe(
    expected,
  );
});

test('rules are printed by name, with what their literals need', () => {
  const nobody = { op: 'nobody' } as const;
  const rules = (table: string) => ({
    table,
    key: ['id'],
    columns: { id: 'uuid' as const, "it's": 'text' as const },
    read: {
      op: 'compare',
      column: "it's",
      with: '=',
      value: { literal: `'\n"\u2028`, type: 'text' },
    } as const,
    insert: nobody,
    update: { from: nobody, to: nobody },
    delete: nobody,
    immutable: ['id'],
  });
  const both = { claims: {}, tables: { b: rules('b'), a: rules('a') } };
  const printed = printZeroRules(both);
  const literal = /AccessRules = (.*);\n$/s.exec(printed)?.[1] ?? '';
  expect(new Function(`return ${literal}`)()).toEqual(both);
  expect(printed.indexOf('\n    a: {')).toBeLessThan(printed.indexOf('\n    b: {'));
});

test('a module in a folder with a quote in its name is imported all the same', () => {
  const from = { file: "/p/it's/types.ts" };
  const meta = column('meta', json, { ts: { kind: 'text', parts: [{ name: 'Meta', from }] } });
  expect(print(schema([table('a', [uuid('id'), meta])]))).toContain(
    `\nimport type { Meta } from "../it's/types.js";\n`,
  );
});
