import { describe, expect, test } from 'vitest';
import { column, table, text, uuid } from '../../../test/generate/made-schema.fixture.ts';
import type { ColumnType } from '../../model/column-type.ts';
import type { ForeignKey } from '../../model/foreign-key.ts';
import type { Schema } from '../../model/schema.ts';
import type { SqlFunction } from '../../model/sql-function.ts';
import type { Table } from '../../model/table.ts';
import type { DatabasePlan, Field } from './database-plan.ts';
import { planDatabase, type DatabaseOptions } from './plan-database.ts';
import { printDatabase } from './print-database.ts';

const plan = (parts: Partial<Schema>, options: Partial<DatabaseOptions> = {}): DatabasePlan =>
  planDatabase(
    {
      tables: [],
      relations: [],
      views: [],
      enums: [],
      sequences: [],
      policies: [],
      roles: [],
      extensions: [],
      companion: [],
      ...parts,
    },
    { form: 'exact', ...options },
  );

const typesOf = (fields: readonly Field[] = []): Record<string, string> =>
  Object.fromEntries(
    fields.map(({ name, type, optional }) => [name + (optional ? '?' : ''), type]),
  );

const references = (name: string, to: string): ForeignKey => ({
  name: `${name}_fk`,
  columns: [name],
  references: { table: to, columns: ['id'] },
  onUpdate: 'no action',
  onDelete: 'no action',
});

const other = (sql: string): ColumnType => ({ kind: 'other', sql });

describe('columns', () => {
  const { schemas, findings } = plan({
    tables: [
      table('notes', [
        uuid('id', { default: 'database' }),
        text('made', { default: 'drizzle' }),
        text('empty', { notNull: false, default: 'database', defaultSql: 'NULL::text' }),
        column('document', { kind: 'json', binary: true }),
        column('always', other('integer'), { generated: 'identity' }),
        column('price', other('myschema.money_type'), { notNull: false }),
        column('address', other('inet'), { notNull: false }),
      ]),
    ],
  });
  const [notes] = schemas[0]?.tables ?? [];

  test('a row has every column, and null only where the database allows it', () => {
    expect(typesOf(notes?.row)).toEqual({
      address: 'unknown',
      always: 'number',
      document: 'NonNullable<Json>',
      empty: 'string | null',
      id: 'string',
      made: 'string',
      price: 'unknown',
    });
  });

  test("an insert may omit defaults of the database, but not Drizzle's", () => {
    expect(typesOf(notes?.insert)).toMatchObject({
      'always?': 'never',
      'id?': 'string',
      'empty?': 'string | null',
      made: 'string',
    });
  });

  test('a type that nothing declares is reported, one of Postgres is not', () => {
    expect(findings.map(({ code, object }) => [code, object])).toEqual([
      ['supabase/unknown-type', 'public.notes.price'],
    ]);
  });
});

test('the client form omits server-only columns and the relationships that use them', () => {
  const tables = [
    table('users', [uuid('id'), text('token', { serverOnly: true })]),
    table('notes', [uuid('id'), uuid('author'), uuid('auditor', { serverOnly: true })], {
      foreignKeys: [references('auditor', 'users'), references('author', 'users')],
    }),
  ];
  const names = (form: 'exact' | 'client'): unknown =>
    plan({ tables }, { form }).schemas[0]?.tables.map(({ row, relationships }) => [
      row.map(({ name }) => name),
      relationships.map(({ foreignKeyName }) => foreignKeyName),
    ]);
  expect(names('client')).toEqual([
    [['author', 'id'], ['author_fk']],
    [['id'], []],
  ]);
  expect(names('exact')).toEqual([
    [
      ['auditor', 'author', 'id'],
      ['auditor_fk', 'author_fk'],
    ],
    [['id', 'token'], []],
  ]);
});

test('a relationship to another schema is left out, because PostgREST cannot embed it', () => {
  const tables = [
    table('users', [uuid('id')], { schema: 'auth' }),
    table('notes', [uuid('id')], { foreignKeys: [references('id', 'auth.users')] }),
  ];
  const [auth, own] = plan({ tables }).schemas;
  expect([auth?.name, own?.name]).toEqual(['auth', 'public']);
  expect(own?.tables[0]?.relationships).toEqual([]);
});

test('a view without known columns and a function of a row are left out and reported', () => {
  const rename: SqlFunction = {
    name: 'label',
    args: [{ name: 'note', type: 'notes', hasDefault: false }],
    returns: 'text',
    setof: false,
  };
  const { schemas, findings } = plan(
    {
      tables: [table('notes', [uuid('id')])],
      views: [{ id: 'v', name: 'v', exportName: 'v', materialized: false, with: {} }],
    },
    { functions: [rename] },
  );
  expect(schemas[0]).toMatchObject({ views: [], functions: [] });
  expect(findings.map(({ code, object }) => [code, object])).toEqual([
    ['supabase/unknown-view', 'public.v'],
    ['supabase/function', 'public.label()'],
  ]);
});

test('names that are no identifiers, and those of Object, are quoted', () => {
  const text = printDatabase(
    plan({
      enums: [
        { name: '__proto__', values: ['a'] },
        { name: 'Odd "name"', values: ['"'] },
      ],
    }),
  );
  expect(text).toContain('      __proto__: "a"\n');
  expect(text).toContain('      ["__proto__"]: [\n        "a",\n      ],\n');
  expect(text).toContain(String.raw`"Odd \"name\"": "\""`);
});

test('200 tables with 20 columns and 3 foreign keys take less than a second', () => {
  const tables = Array.from({ length: 200 }, (_, at): Table => {
    const keys = ['first', 'second', 'third'];
    const columns = Array.from({ length: 16 }, (__, index) => text(`column${index}`));
    return table(`table${at}`, [uuid('id'), ...keys.map((key) => uuid(key)), ...columns], {
      foreignKeys: keys.map((key, step) => references(key, `table${(at + step) % 200}`)),
    });
  });
  const start = performance.now();
  const printed = printDatabase(plan({ tables }));
  expect(performance.now() - start).toBeLessThan(1000);
  expect(printed.match(/foreignKeyName/g)).toHaveLength(600);
});
