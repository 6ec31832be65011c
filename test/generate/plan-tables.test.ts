import { expect, test } from 'vitest';
import { planZero } from '../../src/emit/zero/plan-zero.ts';
import type { Column } from '../../src/model/column.ts';
import type { Table } from '../../src/model/table.ts';
import type { TableChoices, ZeroChoices } from '../../src/model/zero-choices.ts';
import { column, schema, table, text, uuid, type MadeTable } from './made-schema.fixture.ts';

const plan = (tables: readonly Table[], choices: ZeroChoices = {}) =>
  planZero(schema(tables), undefined, choices);
const codes = (findings: readonly { readonly code: string; readonly severity: string }[]) =>
  findings.map(({ severity, code }) => `${severity} ${code}`);

const bytes = column('raw', { kind: 'other', sql: 'bytea' });
const json = column('doc', { kind: 'json', binary: true });
const [a, b, maybe] = [text('a'), text('b'), text('maybe', { notNull: false })];

test.each<
  [what: string, own: MadeTable, choice: TableChoices, key: string[] | undefined, codes: string[]]
>([
  ['a primary key', { primaryKey: ['a'] }, {}, ['a'], []],
  ['a composite one', { primaryKey: ['b', 'a'] }, {}, ['b', 'a'], []],
  ['one of columns that only the key makes NOT NULL', { primaryKey: ['maybe'] }, {}, ['maybe'], []],
  [
    'no primary key, but a unique constraint',
    { primaryKey: [], uniques: [['a']] },
    {},
    ['a'],
    ['warning zero/key-chosen'],
  ],
  [
    'several: the one of fewest columns',
    { primaryKey: [], uniques: [['a', 'b'], ['b']] },
    {},
    ['b'],
    ['warning zero/key-chosen'],
  ],
  [
    'several as long: the one whose columns are written first',
    { primaryKey: [], uniques: [['b'], ['a']] },
    {},
    ['a'],
    ['warning zero/key-chosen'],
  ],
  [
    'a unique constraint over what may be NULL',
    { primaryKey: [], uniques: [['maybe']] },
    {},
    undefined,
    ['error zero/no-key'],
  ],
  [
    'a unique constraint over JSON',
    { primaryKey: [], uniques: [['doc']] },
    {},
    undefined,
    ['error zero/no-key'],
  ],
  ['none', { primaryKey: [] }, {}, undefined, ['error zero/no-key']],
  [
    'a primary key that cannot sync',
    { primaryKey: ['raw'], uniques: [['a']] },
    {},
    undefined,
    ['error zero/key-not-synced'],
  ],
  [
    'the same, and another chosen',
    { primaryKey: ['raw'], uniques: [['a']] },
    { key: ['a'] },
    ['a'],
    [],
  ],
  [
    'a primary key that is not to be synced',
    { primaryKey: ['a'] },
    { columns: { a: false } },
    undefined,
    ['error zero/key-not-synced'],
  ],
  [
    'a chosen key in another order',
    { primaryKey: ['a', 'b'] },
    { key: ['b', 'a'] },
    ['b', 'a'],
    [],
  ],
  [
    'a chosen key that is not unique',
    { primaryKey: ['a'] },
    { key: ['b'] },
    undefined,
    ['error zero/key-not-unique'],
  ],
  [
    'a chosen key that may be NULL',
    { primaryKey: ['a'], uniques: [['maybe']] },
    { key: ['maybe'] },
    undefined,
    ['error zero/key-not-unique'],
  ],
  [
    'a chosen key that does not exist',
    { primaryKey: ['a'] },
    { key: ['aa'] },
    undefined,
    ['error zero/unknown-name'],
  ],
])('%s', (_, own, choice, key, expected) => {
  const settled = { raw: false, ...choice.columns };
  const things = table('things', [a, b, maybe, json, bytes], own);
  const { zero, publication, findings } = plan([things], {
    tables: { things: { ...choice, columns: settled } },
  });
  expect(zero.tables[0]?.primaryKey).toEqual(key);
  expect(publication?.tables.length).toBe(key ? 1 : 0);
  expect(codes(findings)).toEqual(expected);
});

const identity = { generated: 'identity', default: 'database' } as const;
const noInsert =
  'no client can insert a row of things: its key id is GENERATED ALWAYS, and Postgres refuses any value for it.';
const hidden = 'id is in the key of things, but is server-only. The table is left out.';
const refused = (why: string, name = 'id') =>
  `${name} is in the key of things, but ${why}. The table is left out.`;
test.each<
  [
    what: string,
    columns: readonly Column[],
    choices: ZeroChoices,
    optional: boolean | undefined,
    messages: string[],
    fix?: string,
  ]
>([
  [
    'an identity',
    [text('id', identity)],
    {},
    false,
    [noInsert],
    "use generatedByDefaultAsIdentity(), or give the table an id that clients generate; or, if no client inserts, set zero.tables.things.columns.id: { defaults: 'required' }.",
  ],
  ['the same, with defaults', [text('id', identity)], { defaults: 'optional' }, false, [noInsert]],
  ['settled', [text('id', identity)], { tables: { things: { columns: { id: true } } } }, false, []],
  [
    'a stored column',
    [text('id', { generated: 'stored' })],
    {},
    undefined,
    [refused('only Postgres 18 and later replicate generated columns')],
    'sync it with zero.tables.things.columns.id: true, if your server is Postgres 18 or later; or give it a key of columns that Zero can sync and compare; or set zero.tables.things: false.',
  ],
  [
    'a stored column that is synced',
    [text('id', { generated: 'stored' })],
    { tables: { things: { columns: { id: true } } } },
    false,
    [noInsert],
  ],
  [
    'the same, settled',
    [text('id', { generated: 'stored' })],
    { tables: { things: { columns: { id: { defaults: 'required' } } } } },
    false,
    [],
  ],
  ['JSON', [json], {}, undefined, [refused('Zero cannot compare JSON or arrays', 'doc')]],
  ['bytes', [bytes], {}, undefined, [refused('zero-cache cannot sync it', 'raw')]],
  ['server-only', [text('id', { serverOnly: true })], {}, undefined, [hidden]],
  [
    'left out',
    [text('id')],
    { tables: { things: { columns: { id: false } } } },
    undefined,
    [hidden],
  ],
  [
    'a default, in a unique key',
    [text('id', { default: 'database' })],
    { tables: { things: { key: ['id'], defaults: 'optional' } } },
    false,
    [],
  ],
])('a key that is %s', (_, columns, choices, optional, messages, fix) => {
  const isUnique = choices.tables?.['things'] !== false && choices.tables?.['things']?.key;
  const own = isUnique ? { primaryKey: [], uniques: [['id']] } : {};
  const { zero, findings } = plan([table('things', columns, own)], choices);
  expect(zero.tables[0]?.columns[0]?.optional).toBe(optional);
  expect(findings.map(({ message }) => message)).toEqual(messages);
  if (fix !== undefined) expect(findings[0]?.fix).toBe(fix);
});

test.each([{}, { generated: 'identity' }] as const)(
  'a key cannot be optional, and a word that says so is a mistake: %j',
  (own) => {
    const id = column(
      'id',
      { kind: 'integer', bits: 32, as: 'number' },
      { ...own, default: 'database' },
    );
    const { zero, findings } = plan([table('things', [id])], {
      tables: { things: { columns: { id: { defaults: 'optional' } } } },
    });
    expect(zero.tables[0]?.columns[0]?.optional).toBe(false);
    expect(findings).toEqual([
      {
        severity: 'error',
        code: 'zero/default',
        message: 'things.id is in the key, which every insert must set: it stays required.',
        object: 'public.things.id',
        places: [],
        settings: [['zero', 'tables', 'things', 'columns', 'id', 'defaults']],
        fix: "set 'required', or remove the setting.",
      },
    ]);
  },
);

test.each([
  [{ primaryKey: ['a'] }, {}, { key: ['a'], identifiedByUnique: false }],
  [
    { primaryKey: ['a'], uniques: [['b']] },
    { key: ['b'] },
    { key: ['a'], identifiedByUnique: false },
  ],
  [{ primaryKey: [], uniques: [['b', 'a']] }, {}, { key: ['a', 'b'], identifiedByUnique: true }],
  [
    { primaryKey: ['raw'], uniques: [['b']] },
    { key: ['b'] },
    { key: ['b'], identifiedByUnique: true },
  ],
])('what identifies rows in the publication: %j %j', (own, choice, expected) => {
  const { publication } = plan([table('things', [a, b, bytes], own)], {
    tables: { things: choice },
  });
  expect(publication?.tables[0]).toMatchObject(expected);
});

test.each<[table: Table, choices: TableChoices, names: [string, string | undefined] | undefined]>([
  [table('notes', [uuid('id')]), {}, ['notes', undefined]],
  [table('notes', [uuid('id')], { schema: 'public' }), {}, ['notes', undefined]],
  [table('notes', [uuid('id')], { name: 'note_rows' }), {}, ['notes', 'note_rows']],
  [table('notes', [uuid('id')], { schema: 'app' }), {}, ['notes', 'app.notes']],
  [table('notes', [uuid('id')]), { name: 'memos' }, ['memos', 'notes']],
  [table('größen', [uuid('id')], { name: 'sizes' }), {}, undefined],
  [table('größen', [uuid('id')], { name: 'sizes' }), { name: 'sizes' }, ['sizes', undefined]],
  [table('$notes', [uuid('id')], { name: 'notes' }), {}, undefined],
  [table('notes', [uuid('id')], { name: 'größen' }), {}, undefined],
  [table('notes', [uuid('id')], { schema: 'my app' }), {}, undefined],
])('names: %j', (own, choice, names) => {
  const { zero, findings } = plan([own], { tables: { [own.exportName]: choice } });
  const [found] = zero.tables;
  expect(found && [found.name, found.serverName]).toEqual(names);
  expect(codes(findings)).toEqual(names ? [] : ['error zero/table-name']);
});

test('names of inherited object properties are ordinary names', () => {
  const tables = ['constructor', 'toString'].map((name) =>
    table(name, [uuid('id'), text('valueOf')]),
  );
  const { zero, findings } = plan(tables, { tables: {}, manyToMany: {} });
  expect(zero.tables.map(({ name, serverName }) => [name, serverName])).toEqual([
    ['constructor', undefined],
    ['toString', 'to_string'],
  ]);
  expect(findings).toEqual([]);
});

test('two tables with one name: the second is left out', () => {
  const { zero, findings } = plan([table('a', [uuid('id')]), table('b', [uuid('id')])], {
    tables: { b: { name: 'a' } },
  });
  expect(zero.tables.map(({ serverName }) => serverName)).toEqual([undefined]);
  expect(codes(findings)).toEqual(['error zero/table-name']);
});

test('two tables with one export name are reported by the reader; the first is kept', () => {
  const people = (rest: MadeTable) => table('people', [uuid('id')], rest);
  const { zero, findings } = planZero(
    schema([people({ schema: 'hr' }), people({ name: 'persons' })]),
    undefined,
  );
  expect(findings).toEqual([]);
  expect(zero.tables.map(({ serverName }) => serverName)).toEqual(['hr.people']);
});

test('tables are ordered by name, whatever the order of exports and files', () => {
  const tables = ['tags', 'Account', 'notes'].map((name) => table(name, [uuid('id')]));
  const orders = [tables, tables.toReversed()].map((all) => plan(all));
  expect(orders[0]).toEqual(orders[1]);
  expect(orders[0]?.zero.tables.map(({ name }) => name)).toEqual(['Account', 'notes', 'tags']);
});

test('the name of the publication, or none', () => {
  expect(plan([]).publication).toEqual({ name: 'zero_data', tables: [] });
  expect(plan([], { publication: 'mine' }).publication?.name).toBe('mine');
  expect(plan([], { publication: false }).publication).toBeUndefined();
});

test('only some tables, and a view', () => {
  const all = schema(
    ['a', 'b', 'c'].map((name) => table(name, [uuid('id')])),
    [],
    [{ id: 'v', name: 'v', exportName: 'v', materialized: false, with: {} }],
  );
  const names = (choices: ZeroChoices) => {
    const { zero, findings } = planZero(all, undefined, choices);
    return [zero.tables.map(({ name }) => name).join(), ...codes(findings)];
  };
  expect(names({})).toEqual(['a,b,c', 'warning zero/view']);
  expect(names({ tables: { v: false } })).toEqual(['a,b,c']);
  expect(names({ only: ['c', 'a'] })).toEqual(['a,c']);
  expect(names({ only: ['c', 'a'], tables: { a: false } })).toEqual(['c']);
});

test('if the schema has rules, a table without rules is reported', () => {
  const rules = { claims: {}, tables: { 'app.b': {} as never } };
  const tables = [table('a', [uuid('id')]), table('b', [uuid('id')], { schema: 'app' })];
  expect(planZero(schema(tables), rules).findings).toMatchObject([
    { code: 'zero/no-rules', object: 'public.a' },
  ]);
});

test.each([
  ['packages', 'Package'],
  ['packageDependencies', 'PackageDependency'],
  ['package_versions', 'PackageVersion'],
  ['statuses', 'Status'],
  ['status', 'Status'],
  ['addresses', 'Address'],
  ['boxes', 'Box'],
  ['people', 'Person'],
  ['news', 'News'],
  ['series', 'Series'],
  ['aiUsages', 'AiUsage'],
  ['metadata', 'Metadata'],
  ['account', 'Account'],
  ['schema', 'SchemaRow'],
  ['rows', 'RowsRow'],
  ['dates', 'DatesRow'],
  ['_', 'Table'],
])('a row of %s is a %s', (name, rowType) => {
  expect(plan([table(name, [uuid('id')])]).zero.tables[0]?.rowType).toBe(rowType);
});

test.each([
  [
    ['user', 'users'],
    ['UserRow', 'UsersRow'],
  ],
  [
    ['user', 'userRow', 'users'],
    ['UserRow_', 'UserRow', 'UsersRow'],
  ],
  [
    ['a-b', 'aB', 'a_b'],
    ['ABRow', 'ABRow_', 'ABRow__'],
  ],
])('types of rows never share a name: %j', (tables, rowTypes) => {
  const { zero } = plan(tables.map((name) => table(name, [uuid('id')])));
  expect(zero.tables.map(({ rowType }) => rowType)).toEqual(rowTypes);
});
