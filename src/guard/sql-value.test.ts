import { expect, test } from 'vitest';
import { claimText, holdsValue, valueText } from './sql-value.ts';

test.each([
  [0, '1970-01-01T00:00:00.000000Z'],
  [-1, '1969-12-31T23:59:59.999000Z'],
  [1_700_000_000_123.456, '2023-11-14T22:13:20.123456Z'],
  [253_402_300_799_999, '9999-12-31T23:59:59.999000Z'],
])('the moment %d keeps its microseconds', (moment, text) => {
  expect(valueText(moment, 'moment')).toBe(text);
});

test('other values are sent as text', () => {
  expect(valueText(new Date(5), 'moment')).toBe('1970-01-01T00:00:00.005Z');
  expect(valueText(true, 'boolean')).toBe('true');
  expect(valueText(Number.MAX_SAFE_INTEGER, 'integer')).toBe('9007199254740991');
  expect(valueText(null, 'text')).toBeNull();
});

test('a list becomes a Postgres array, whatever its texts contain', () => {
  expect(claimText(['a"b', 'c\\d', '{x}', '', 'null', 'e,f'], true)).toBe(
    String.raw`{"a\"b","c\\d","{x}","","null","e,f"}`,
  );
  expect(claimText([], true)).toBe('{}');
});

test('a claim of another type counts as missing', () => {
  expect(claimText(['a\\b"c,}'], true)).toBe('{"a\\\\b\\"c,}"}');
  expect(claimText('a', true)).toBeNull();
  expect(claimText(['a'], false)).toBeNull();
  expect(claimText(undefined, false)).toBeNull();
});

test('a stored value is compared by its type', () => {
  expect(holdsValue('1767268800123.000', 1_767_268_800_123, 'moment')).toBe(true);
  expect(holdsValue('1767268800123.000', new Date(1_767_268_800_123), 'moment')).toBe(true);
  expect(holdsValue('1767268800123.000', '2026-01-01T12:00:00.123Z', 'moment')).toBe(true);
  expect(holdsValue('1767268800123.456', 1_767_268_800_123, 'moment')).toBe(false);
  expect(holdsValue('ab', 'AB', 'uuid')).toBe(true);
  expect(holdsValue('ab', 'AB', 'text')).toBe(false);
  expect(holdsValue('false', false, 'boolean')).toBe(true);
  expect(holdsValue(null, null, 'text')).toBe(true);
  expect(holdsValue(null, '', 'text')).toBe(false);
});
