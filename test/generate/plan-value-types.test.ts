import { expect, test } from 'vitest';
import type { ColumnType } from '../../src/model/column-type.ts';
import type { TsType } from '../../src/model/ts-type.ts';
import { column } from './made-schema.fixture.ts';
import { planned } from './planned-column.fixture.ts';

const other = (sql: string): ColumnType => ({ kind: 'other', sql });
const made = (sql: string): ColumnType => ({ kind: 'other', sql, mapped: true });
const branded: TsType = { kind: 'text', parts: ['Brand'] };
const inferred: TsType = { kind: 'inferred' };
test.each(['inet', 'cidr', 'macaddr', 'macaddr8', 'pg_lsn'])('a list of %s is left out', (sql) => {
  const { found, findings } = planned(column('it', { kind: 'array', of: other(sql) }));
  expect(found).toBeUndefined();
  expect(findings[0]?.message).toContain(`zero-cache cannot sync ${sql}[]`);
});

test.each<[what: string, type: ColumnType, ts: TsType | undefined, custom: unknown]>([
  [
    'words in their order',
    { kind: 'text', values: ['b', "it's", 'a"'] },
    undefined,
    { kind: 'plain', text: `'b' | "it's" | 'a"'` },
  ],
  [
    'words of a char, as Postgres pads them',
    { kind: 'char', length: 3, values: ['a', 'abc'] },
    undefined,
    { kind: 'plain', text: "'a  ' | 'abc'" },
  ],
  [
    'an enum',
    { kind: 'enum', name: 'e', values: ['z', 'a'] },
    undefined,
    { kind: 'plain', text: "'z' | 'a'" },
  ],
  ['$type on text', { kind: 'text', values: ['a'] }, branded, branded],
  ['$type on json', { kind: 'json', binary: true }, branded, branded],
  ['json without', { kind: 'json', binary: true }, undefined, { kind: 'json' }],
  ['$type on a number', { kind: 'integer', bits: 32, as: 'number' }, branded, branded],
  ['$type on a boolean', { kind: 'boolean' }, branded, branded],
  ['$type on a Date', { kind: 'timestamp', withTimezone: true, as: 'date' }, branded, undefined],
  [
    '$type on a timestamp that is text in Drizzle',
    { kind: 'timestamp', withTimezone: true, as: 'string' },
    branded,
    undefined,
  ],
  ['$type on a bigint', { kind: 'integer', bits: 64, as: 'bigint' }, branded, undefined],
  [
    '$type on a numeric that is text in Drizzle',
    { kind: 'numeric', precision: 4, as: 'string' },
    branded,
    undefined,
  ],
  ['$type on inet', other('inet'), branded, branded],
  ['$type on a time', other('time'), branded, undefined],
  ['a custom type over text', other('varchar(20)'), branded, branded],
  ['a custom type over an integer', other('integer'), branded, branded],
  ['a custom type over a bigint, which drivers return as text', other('int8'), branded, undefined],
  ['what fromDriver makes of text', made('text'), branded, undefined],
  ['what fromDriver makes of a number', made('integer'), branded, undefined],
  ['what fromDriver makes of JSON', made('jsonb'), branded, { kind: 'json' }],
  [
    'what fromDriver makes of a list',
    made('text[]'),
    branded,
    { kind: 'text', parts: ['string[]'] },
  ],
  [
    'a list of what fromDriver makes',
    { kind: 'array', of: made('text') },
    branded,
    { kind: 'text', parts: ['string[]'] },
  ],
  ['what fromDriver makes, which only the checker knows', made('text'), inferred, undefined],
  ['$type on an array', { kind: 'array', of: { kind: 'text' } }, branded, branded],
  [
    'an array',
    { kind: 'array', of: { kind: 'text' } },
    undefined,
    { kind: 'text', parts: ['string[]'] },
  ],
  [
    'an array of words',
    { kind: 'array', of: { kind: 'text', values: ['a', 'b'] } },
    undefined,
    { kind: 'text', parts: ["('a' | 'b')[]"] },
  ],
  [
    'an array of moments',
    { kind: 'array', of: { kind: 'date', as: 'date' } },
    undefined,
    { kind: 'text', parts: ['number[]'] },
  ],
  [
    'an array of JSON in two dimensions',
    other('jsonb[][]'),
    undefined,
    {
      kind: 'text',
      parts: [{ name: 'ReadonlyJSONValue', from: { package: '@rocicorp/zero' } }, '[]', '[]'],
    },
  ],
  [
    'what only the checker knows',
    { kind: 'json', binary: true },
    inferred,
    {
      kind: 'inferred',
      table: 'things',
      file: '/project/schema.ts',
      column: 'it',
      nullable: false,
    },
  ],
])('%s', (_, type, ts, custom) => {
  expect(planned(column('it', type, ts && { ts })).found?.custom).toEqual(custom);
});
