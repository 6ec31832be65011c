import { isQuery, type AnyQuery } from '@rocicorp/zero';
import { asQueryInternals } from '@rocicorp/zero/bindings';
import { describe, expect, test } from 'vitest';
import { anonymous, queries, schema } from '../../src/apps/garden/zero/index.ts';

// zero-cache ends all queries of a connection if one compares text with a number.

const id = '00000000-0000-4000-8000-000000000000';
const TEXT = 'a';
const NUMBER = 1_700_000_000_000;

/** Every paged list, with its other required arguments. */
const LISTS: readonly (readonly [string, object])[] = [
  ['packages.search', {}],
  ['packages.search', { sort: 'name' }],
  ['packages.search', { sort: 'newest' }],
  ['packages.search', { sort: 'updated' }],
  ['packages.versions', { packageId: id }],
  ['packages.dependents', { packageId: id }],
  ['packages.using', { name: 'x', version: '1' }],
  ['packages.deleted', {}],
  ['requests.mine', {}],
  ['requests.queue', {}],
  ['tags.list', {}],
  ['tags.deleted', {}],
];

type Compile = (options: { readonly args: object; readonly ctx: object }) => AnyQuery;

/** All queries by name, with arguments of any form. */
const byName = new Map(
  Object.entries(queries).flatMap(([place, group]) =>
    Object.entries(group as object)
      .filter(([, query]) => isQuery(query))
      .map(([name, { fn }]): [string, Compile] => [`${place}.${name}`, fn]),
  ),
);

function compile(name: string, args: object) {
  const query = byName.get(name);
  if (!query) throw new Error(`no query ${name}`);
  return asQueryInternals(query({ args, ctx: anonymous })).ast;
}

/** The sort columns of a list, and whether each contains text. */
function sortedBy(name: string, args: object): readonly (readonly [string, boolean])[] {
  const { table, orderBy = [] } = compile(name, args);
  const { columns } = schema.tables[table as keyof typeof schema.tables];
  return orderBy.map(([column]) => {
    const { type } = (columns as Readonly<Record<string, { readonly type: string }>>)[column]!;
    return [column, type === 'string'];
  });
}

const fitting = (isText: boolean): string | number => (isText ? TEXT : NUMBER);

describe.each(LISTS)('%s %j', (name, args) => {
  const begun = (after: object) => compile(name, { ...args, after }).start?.row;
  const row = Object.fromEntries(
    sortedBy(name, args).map(([column, isText]) => [
      column,
      column === 'id' ? id : fitting(isText),
    ]),
  );
  const [[column, isText] = ['', true]] = sortedBy(name, args);
  // The queue is sorted by two columns and the id; its cursor has each by name.
  const right =
    Object.keys(row).length > 2 ? row : { id, value: column === 'id' ? id : fitting(isText) };

  test('starts after a row', () => {
    expect(begun(right)).toEqual(row);
  });

  test.each(Object.entries(right))('refuses a value that is not a %s', (key, value) => {
    const wrong = fitting(typeof value === 'number');
    for (const other of [wrong, null, true, {}, [value], undefined, Number.NaN]) {
      expect(() => begun({ ...right, [key]: other }), String(other)).toThrow('Validation failed');
    }
  });
});

test('a sort key may be as long as in its column', () => {
  const after = { id, value: 'x'.repeat(512) };
  expect(compile('packages.versions', { packageId: id, after }).start).toBeDefined();
});

test('no other query has pages', () => {
  const lists = new Set(LISTS.map(([name]) => name));
  for (const [name, query] of byName) {
    if (lists.has(name) || name === 'profile.mine') continue;
    const args = { after: { id, value: TEXT } };
    expect(() => query({ args, ctx: anonymous }), name).toThrow('after');
  }
  expect([...lists].filter((name) => !byName.has(name))).toEqual([]);
});
