import { describe, expect, expectTypeOf, test } from 'vitest';
import type * as z from 'zod';
import { newId } from '../../src/kit/index.ts';
import { checks } from '../../src/apps/garden/zero/zero-checks.gen.ts';
import { schema, type Package } from '../../src/apps/garden/zero/zero-schema.gen.ts';
import { crudMutators } from '../../src/guard/index.ts';
import { zeroSchemas } from '../../src/zod/index.ts';

const synced = zeroSchemas(schema, checks);
const rows = crudMutators(schema, { checks });

const id = newId();
const at = Date.now();
const row = { id, name: 'react', registry: 'npm', createdAt: at, updatedAt: at } as const;

const messages = (schema: z.ZodType, value: unknown): readonly string[] =>
  (schema.safeParse(value).error?.issues ?? []).map(({ path, message }) =>
    [...path, message].join(' '),
  );

/** The messages of a mutator. */
function refused({ validator }: { validator?: unknown }, value: unknown): readonly string[] {
  const { validate } = (
    validator as { '~standard': { validate(value: unknown): { issues?: { message: string }[] } } }
  )['~standard'];
  return (validate(value).issues ?? []).map(({ message }) => message);
}

describe('a schema and a mutator refuse the same values with the same messages', () => {
  test.each([
    [{}, []],
    [{ description: null }, []],
    [
      { name: ' ' },
      ['name must not be blank and have no control characters and have at most 256 characters'],
    ],
    [{ id: id.toUpperCase() }, ['id must be a uuid']],
    [{ registry: 'pip' }, ['registry must be one of npm, jsr, brew, apt']],
    [
      { createdAt: Date.parse('9999-12-31T23:59:59.999Z') + 1 },
      ['createdAt must be in the years 1 to 9999'],
    ],
  ])('%j', (change, expected) => {
    expect(refused(rows.packages.insert, { ...row, ...change })).toEqual(expected);
    expect(messages(synced.packages.insert, { ...row, ...change })).toEqual(expected);
  });
});

test('an update has neither immutable nor unknown columns', () => {
  expect(messages(synced.packages.update, { id, description: 'x' })).toEqual([]);
  // A page may send a whole row back.
  expect(refused(rows.packages.update, { id, description: 'x', createdAt: at })).toEqual([]);
  for (const change of [{ createdAt: at }, { nope: 1 }]) {
    expect(messages(synced.packages.update, { id, ...change })).toHaveLength(1);
  }
  expect(messages(synced.packages.update, { description: 'x' })).toHaveLength(1);
});

test('server-only columns do not exist', () => {
  expect(messages(synced.packageRequests.row, { leasedBy: 'x' }).at(-1)).toMatch(/leasedBy/);
});

test('the types are those of Zero', () => {
  expectTypeOf<z.infer<typeof synced.packages.row>>().toEqualTypeOf<Package>();
  expectTypeOf(synced.packages.insert.parse).returns.toExtend<
    Parameters<typeof rows.packages.insert.fn>[0]['args']
  >();
});
