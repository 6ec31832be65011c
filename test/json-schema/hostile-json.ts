import fc from 'fast-check';
import type { ColumnType } from '../../src/model/column-type.ts';
import { hostileNumber, hostileText } from '../zod/hostile-values.ts';

const finite = hostileNumber.filter(Number.isFinite);
const around = (...centres: readonly number[]): fc.Arbitrary<number> =>
  fc
    .tuple(fc.constantFrom(...centres), fc.constantFrom(0, 1e-9, 1e-3, 4e-3, 5e-3, 1e-2, 0.05, 1))
    .chain(([centre, step]) => fc.constantFrom(centre, centre + step, centre - step));

const days = fc
  .tuple(
    fc.constantFrom('2024', '2023', '1900', '2000', '0001', '0000', '0400', '9999', '202'),
    fc.nat(13).map(twoDigits),
    fc.nat(32).map(twoDigits),
  )
  .map((parts) => parts.join('-'));
const clocks = fc.constantFrom(
  ...['T00:00:00', 'T23:59:59.999', 'T12:34:56.123456', 'T12:34:56.1234567', 'T00:00'],
  ...[' 12:34:56', 't12:34:56', 'T24:00:00', 'T12:60:00', 'T23:59:60', '', 'T1:00:00'],
);
const offsets = fc.constantFrom('Z', '', '+00', '-05:30', '+14:00', '+15:00', '+1', 'z', '\n');
const knownDays = fc.constantFrom(
  ...[
    '2024-02-29',
    '2000-02-29',
    '1900-02-29',
    '2023-02-29',
    '0000-02-29',
    '0400-02-29',
    '2024-04-31',
    '2024-12-31',
  ],
);
const moments = fc.tuple(fc.oneof(days, knownDays), clocks, offsets).map((parts) => parts.join(''));
const soundDays = fc
  .date({ noInvalidDate: true, min: new Date('0002-01-01'), max: new Date('9998-01-01') })
  .map((date) => date.toISOString());

const decimals = fc.oneof(
  fc.constantFrom('0', '-0', '999.99', '999.994', '999.995', '1000', '-999.995', '.5', '5.', '.'),
  fc.constantFrom('', '1e2', 'NaN', 'Infinity', '1_0', '+7', '0x1', ' 1', '1\n', '٣', '000123.4'),
  fc.constantFrom('0.0099', '0.00994', '0.00995', '0.001', '0.01', '.0099999', '.00'),
  fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.nat(9999)).map(([a, b]) => `${a}.${b}`),
);
const uuids = fc.oneof(
  fc.uuid(),
  fc.uuid().map((text) => text.toUpperCase()),
  fc.uuid().map((text) => `${text}\n`),
  fc.uuid().map((text) => `{${text}}`),
  fc.uuid().map((text) => text.replaceAll('-', '')),
);
const padded = fc.constantFrom(
  'ab',
  'a-b',
  'a   ',
  'ab  ',
  ' a',
  'a b ',
  'abcd',
  'abcde',
  'abcd ',
  'a\n',
);
const words = fc
  .array(fc.constantFrom('a', 'b', '-', ' ', '\n', '\t', '0', '😀', '\0', 'É'), { maxLength: 7 })
  .map((parts) => parts.join(''));

/** JSON values that a validator may judge wrongly: of the type, near its bounds, or of any type. */
export function hostileJson(type: ColumnType): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 3, arbitrary: ofType(type) },
    { weight: 1, arbitrary: fc.oneof(hostileText, finite, decimals, moments, uuids) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>(null, true, [], {}, [null], [[]], ['a'], { a: [1] }),
    },
  );
}

function ofType(type: ColumnType): fc.Arbitrary<unknown> {
  if ('values' in type && type.values !== undefined) return fc.constantFrom(...type.values, 'c');
  switch (type.kind) {
    case 'uuid':
      return uuids;
    case 'integer':
    case 'float':
      return fc.oneof(finite, around(0, 0.1, -3, 7));
    case 'numeric':
      return type.as === 'string' ? decimals : around(0, -1, 100, 999.9, -999.9, 9999.99);
    case 'timestamp':
      return fc.oneof(moments, soundDays);
    case 'date':
      return fc.oneof(
        days,
        knownDays,
        soundDays.map((text) => text.slice(0, 10)),
        moments,
      );
    case 'boolean':
      return fc.boolean();
    case 'json':
      return fc.oneof(fc.jsonValue(), fc.constantFrom('\0', { a: ['\ud800'] }));
    case 'array':
      return fc.array(hostileJson(type.of), { maxLength: 3 });
    default:
      return fc.oneof(hostileText, words, padded);
  }
}

/** Values that Zod accepts and the JSON Schema refuses on purpose; docs/json-schema.md lists them. */
export function isNarrower(type: ColumnType, value: unknown): boolean {
  if (type.kind === 'array') {
    return Array.isArray(value) && value.some((one) => isNarrower(type.of, one));
  }
  if (typeof value !== 'string') return false;
  switch (type.kind) {
    case 'uuid':
      return /^\{|^[^-]+$/.test(value);
    case 'varchar':
    case 'char':
      // Postgres cuts off blanks beyond the length.
      return value.endsWith(' ') && [...value].length > (type.length ?? Infinity);
    case 'numeric':
      return /e/i.test(value);
    default:
      return false;
  }
}

/** Values that the JSON Schema accepts and Zod refuses, because JSON Schema cannot express it. */
export function isWider(type: ColumnType, value: unknown): boolean {
  if (type.kind === 'json') return /\\u0000|\\ud[89a-f]/.test(JSON.stringify(value));
  // The offset decides whether the moment is in the years 1 to 9999.
  return type.kind === 'timestamp' && /^(?:0001-01-01|9999-12-31)/.test(String(value));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
