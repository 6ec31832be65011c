import { expect, test } from 'vitest';
import { planZero } from '../../src/emit/zero/plan-zero.ts';
import type { ColumnType } from '../../src/model/column-type.ts';
import type { Column } from '../../src/model/column.ts';
import type { ZeroChoices } from '../../src/model/zero-choices.ts';
import { synced, unsupported } from './every-type.fixture.ts';
import { column, schema, table, text, uuid } from './made-schema.fixture.ts';
import { planned } from './planned-column.fixture.ts';

const at = { file: '/project/schema.ts', line: 7 };

const other = (sql: string): ColumnType => ({ kind: 'other', sql });
const choose = (choice: NonNullable<NonNullable<ZeroChoices['tables']>[string]>): ZeroChoices => ({
  tables: { things: choice },
});

test.each(Object.entries(synced))(
  '%s has the type that zero-cache gives it',
  (_, { type, zero }) => {
    expect(planned(column('it', type)).found).toMatchObject({
      name: 'it',
      type: zero,
      optional: false,
    });
  },
);

test.each(Object.entries(unsupported))('%s is left out with a way out', (_, [sql]) => {
  const { found, findings } = planned(column('it', other(sql), { at, notNull: false }));
  expect(found).toBeUndefined();
  expect(findings).toEqual([
    {
      severity: 'warning',
      code: 'zero/unsupported-type',
      message: `things.it is left out: zero-cache cannot sync ${sql}.`,
      object: 'public.things.it',
      places: [{ ...at, name: 'things.it' }],
      fix: 'keep what clients need in a column of another type, or set zero.tables.things.columns.it: false.',
    },
  ]);
  expect(planned(column('it', other(sql)), choose({ columns: { it: false } })).findings).toEqual(
    [],
  );
});

test('clients cannot insert if an excluded column has no default', () => {
  expect(planned(column('it', other('bytea'))).findings[0]?.message).toContain(
    'no client can insert',
  );
  expect(
    planned(column('it', other('bytea'), { default: 'database' })).findings[0]?.message,
  ).not.toContain('no client can insert');
});

test.each<[sql: string, zero: string | undefined, published?: string]>([
  ['numeric(10, 2)', 'number', 'numeric(10,2)'],
  ['NUMERIC(10)', 'number', 'numeric(10,0)'],
  ['decimal', 'number', 'numeric'],
  ['varchar(20)', 'string', 'character varying(20)'],
  ['character varying (20)[]', 'json', 'character varying(20)[]'],
  ['timestamp(3) with time zone', 'number', 'timestamp(3) with time zone'],
  ['timestamptz', 'number', 'timestamp with time zone'],
  ['time', 'number', 'time without time zone'],
  ['int4', 'number', 'integer'],
  ['int8 array[3]', 'json', 'bigint[]'],
  ['bigserial', 'number', 'bigint'],
  ['double precision', 'number', 'double precision'],
  ['float8', 'number', 'double precision'],
  ['pg_catalog."int4"', 'number', 'integer'],
  ['"uuid"', 'string', 'uuid'],
  ['text COLLATE "C"', 'string', 'text collate C'],
  ['text collate pg_catalog."de-DE"', 'string', 'text collate de-DE'],
  ['char', 'string', 'character(1)'],
  ['extensions.isbn13', 'string', 'extensions.isbn13'],
  ['"char"', undefined],
  ['inet[]', undefined],
  ['cidr array', undefined],
  ['macaddr[3][3]', undefined],
  ['macaddr8[]', undefined],
  ['pg_catalog.pg_lsn[]', undefined],
  ['extensions.isbn13[]', undefined],
  ['uuid[]', 'json', 'uuid[]'],
  ['public.citext', undefined],
  ['app.text', undefined],
  ['"Text"', undefined],
  ['vector(3)', undefined],
  ['halfvec(3)', undefined],
  ['geometry(Point, 4326)', undefined],
  ['hstore', undefined],
  ['constructor', undefined],
  ['__proto__', undefined],
  ['', undefined],
])('a custom type that says %j is read by its base type', (sql, zero, published) => {
  const result = planned(column('it', other(sql)));
  expect(result.found?.type).toBe(zero);
  expect(result.published?.type).toBe(published);
});

test.each<[what: string, own: Column, code: string | undefined]>([
  [
    'a bigint that Drizzle reads as bigint',
    column('it', { kind: 'integer', bits: 64, as: 'bigint' }),
    'zero/big-integer',
  ],
  [
    'a bigint that Drizzle reads as number',
    column('it', { kind: 'integer', bits: 64, as: 'number' }),
    undefined,
  ],
  ['a custom int8', column('it', other('int8')), 'zero/big-integer'],
  [
    'a numeric of any length',
    column('it', { kind: 'numeric', as: 'string' }),
    'zero/lossy-numeric',
  ],
  [
    'a numeric of 16 digits',
    column('it', { kind: 'numeric', precision: 16, as: 'string' }),
    'zero/lossy-numeric',
  ],
  [
    'a numeric of 15 digits',
    column('it', { kind: 'numeric', precision: 15, scale: 2, as: 'string' }),
    undefined,
  ],
  [
    'a numeric that is a number in Drizzle too',
    column('it', { kind: 'numeric', as: 'number' }),
    undefined,
  ],
  [
    'an array of numerics',
    column('it', { kind: 'array', of: { kind: 'numeric', as: 'string' } }),
    'zero/lossy-numeric',
  ],
])('%s', (_, own, code) => {
  expect(planned(own).codes).toEqual(code === undefined ? [] : [code]);
  expect(planned(own, choose({ columns: { it: true } })).findings, 'settled').toEqual([]);
});

test.each<
  [
    what: string,
    own: Partial<Column>,
    choices: ZeroChoices,
    optional: boolean | undefined,
    codes: string[],
  ]
>([
  ['nullable', { notNull: false }, {}, true, []],
  ['nullable with a default', { notNull: false, default: 'database' }, {}, true, []],
  ['NOT NULL', {}, {}, false, []],
  ['NOT NULL with a default', { default: 'database' }, {}, false, ['zero/default']],
  ['the same, settled for all', { default: 'database' }, { defaults: 'required' }, false, []],
  [
    'the same, optional for its table',
    { default: 'database' },
    choose({ defaults: 'optional' }),
    true,
    [],
  ],
  [
    'the column outranks the table',
    { default: 'database' },
    choose({ defaults: 'optional', columns: { it: { defaults: 'required' } } }),
    false,
    [],
  ],
  [
    'the table outranks the rest',
    { default: 'database' },
    { defaults: 'required', tables: { things: { defaults: 'optional' } } },
    true,
    [],
  ],
  ['settled without a word', { default: 'database' }, choose({ columns: { it: true } }), false, []],
  ['a default of Drizzle', { default: 'drizzle' }, {}, false, ['zero/default']],
  ['the same, settled for all', { default: 'drizzle' }, { defaults: 'required' }, false, []],
  [
    'which a table cannot make optional',
    { default: 'drizzle' },
    choose({ defaults: 'optional' }),
    false,
    ['zero/default'],
  ],
  [
    'but the column can',
    { default: 'drizzle' },
    choose({ columns: { it: { defaults: 'optional' } } }),
    true,
    [],
  ],
  ['server-only', { serverOnly: true }, {}, undefined, []],
  [
    'server-only, whatever the settings are',
    { serverOnly: true },
    choose({ columns: { it: true } }),
    undefined,
    [],
  ],
  ['left out by choice', {}, choose({ columns: { it: false } }), undefined, []],
  ['virtual', { generated: 'virtual' }, {}, undefined, ['zero/generated']],
  [
    'virtual, whatever the settings are',
    { generated: 'virtual' },
    choose({ columns: { it: true } }),
    undefined,
    ['zero/generated'],
  ],
  ['stored', { generated: 'stored' }, {}, undefined, ['zero/generated']],
  [
    'stored, on Postgres 18, so no client can insert it',
    { generated: 'stored' },
    choose({ columns: { it: true } }),
    true,
    [],
  ],
  [
    'an identity: an insert has to leave it out',
    { generated: 'identity', default: 'database' },
    {},
    true,
    ['zero/generated'],
  ],
  [
    'the same, whatever the defaults of other columns',
    { generated: 'identity', default: 'database' },
    { defaults: 'required' },
    true,
    ['zero/generated'],
  ],
  [
    'the same, settled',
    { generated: 'identity', default: 'database' },
    choose({ columns: { it: true } }),
    true,
    [],
  ],
  [
    'an identity that no client inserts',
    { generated: 'identity', default: 'database' },
    choose({ columns: { it: { defaults: 'required' } } }),
    false,
    [],
  ],
  [
    'stored, where no client inserts',
    { generated: 'stored' },
    choose({ columns: { it: { defaults: 'required' } } }),
    false,
    [],
  ],
  ['of a name that zero-cache refuses', { name: 'größe' }, {}, undefined, ['zero/column-name']],
  ["of zero-cache's own name", { name: '_0_version' }, {}, undefined, ['zero/column-name']],
])('a column that is %s', (_, own, choices, optional, codes) => {
  const result = planned(text('it', own), choices);
  expect({ optional: result.found?.optional, codes: result.codes }).toEqual({ optional, codes });
});

test.each<[type: ColumnType, what: string]>([
  [{ kind: 'array', of: other('point') }, 'zero-cache cannot sync point[].'],
  [other(' '), 'the dataType() of its custom type returns no type.'],
  [{ kind: 'array', of: other('') }, 'the dataType() of its custom type returns no type.'],
])('the message for %j', (type, what) => {
  expect(planned(column('it', type, { notNull: false })).findings[0]?.message).toBe(
    `things.it is left out: ${what}`,
  );
});

test('columns with defaults are reported in one finding, each with its place', () => {
  const { findings } = planZero(
    schema([
      table('things', [
        uuid('id', { default: 'drizzle', at }),
        text('a', { default: 'database', at: { ...at, line: 8 } }),
        text('b', { default: 'database', at: { ...at, file: '/project/b.ts' } }),
        text('c'),
      ]),
      table('tins', [uuid('id', { default: 'database', at })]),
      table('quiet', [uuid('id')]),
    ]),
    undefined,
  );
  expect(findings).toMatchObject([
    {
      code: 'zero/default',
      places: [
        { ...at, name: 'things.id' },
        { ...at, line: 8, name: 'things.a' },
        { ...at, file: '/project/b.ts', name: 'things.b' },
        { ...at, name: 'tins.id' },
      ],
    },
  ]);
});
