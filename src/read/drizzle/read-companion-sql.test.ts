import { expect, test } from 'vitest';
import { companionSql } from '../../kit/index.ts';
import { readCompanionSql } from './read-companion-sql.ts';

const statement = (key: string) => ({ key, create: `make ${key}` });

test('keeps the order within an export, and does not depend on the order of exports', () => {
  const first = companionSql(statement('b'), statement('a'));
  const second = companionSql(statement('c'));
  const keys = (exports: Record<string, unknown>) =>
    readCompanionSql(Object.values(exports)).map(({ key }) => key);
  expect(keys({ second, first, other: 1, none: null })).toEqual(['b', 'a', 'c']);
  // A re-export is the same object.
  expect(keys({ first, second, again: first })).toEqual(['b', 'a', 'c']);
});

test('refuses two objects with the same key', () => {
  const twice = [companionSql(statement('a')), companionSql(statement('a'))];
  expect(() => readCompanionSql(twice)).toThrow('the key "a" twice');
});
