import { expect, test } from 'vitest';
import type { ColumnType } from '../../src/model/column-type.ts';
import { column } from './made-schema.fixture.ts';
import { planned } from './planned-column.fixture.ts';

const text: ColumnType = { kind: 'text' };
const at = { file: '/project/schema.ts', line: 7 };
const codes = (...given: Parameters<typeof planned>): readonly string[] =>
  planned(...given).findings.map(({ code }) => code);

test('a synced column that looks like a secret is reported with a fix', () => {
  const { found, findings } = planned(column('apiKey', text, { name: 'api_key', at }));
  expect(found).toMatchObject({ name: 'apiKey' });
  expect(findings).toEqual([
    {
      severity: 'warning',
      code: 'zero/secret-column',
      message:
        'things.apiKey looks like a secret, and is synced to every client that may read the row.',
      object: 'public.things.api_key',
      places: [{ ...at, name: 'things.apiKey' }],
      fix: 'mark it serverOnly(…), or set zero.tables.things.columns.apiKey: false (or true if clients need it).',
    },
  ]);
});

test('the name in the database counts as well', () => {
  expect(codes(column('shown', text, { name: 'password_hash' }))).toEqual(['zero/secret-column']);
});

test.each([true, false])('%s in the choices settles it', (choice) => {
  const { found, findings } = planned(column('token', text), {
    tables: { things: { columns: { token: choice } } },
  });
  expect(findings).toEqual([]);
  expect(found !== undefined).toBe(choice);
});

test('serverOnly resolves the warning, and the column is left out', () => {
  const { found, findings } = planned(column('token', text, { serverOnly: true }));
  expect([found, findings]).toEqual([undefined, []]);
});

const array = (of: ColumnType): ColumnType => ({ kind: 'array', of });

test.each<ColumnType>([
  text,
  { kind: 'varchar', length: 64 },
  { kind: 'char', length: 64 },
  { kind: 'uuid' },
  { kind: 'json', binary: true },
  { kind: 'other', sql: 'text', mapped: true },
  array(text),
])('it may be one as %j', (type) => {
  expect(codes(column('token', type))).toEqual(['zero/secret-column']);
});

test.each<ColumnType>([
  { kind: 'integer', bits: 32, as: 'number' },
  { kind: 'boolean' },
  { kind: 'timestamp', withTimezone: true, as: 'date' },
  { kind: 'date', as: 'string' },
  { kind: 'float', bits: 64 },
  { kind: 'text', values: ['Bearer', 'MAC'] },
  { kind: 'enum', name: 'kinds', values: ['Bearer'] },
  array({ kind: 'integer', bits: 32, as: 'number' }),
])('it is none as %j', (type) => {
  expect(codes(column('token', type))).toEqual([]);
});
