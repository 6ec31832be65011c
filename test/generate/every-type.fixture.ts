import type { ColumnType } from '../../src/model/column-type.ts';
import type { ZeroValueType } from '../../src/model/zero-type.ts';

/** A column of a type, the written values, and the values that a client reads. */
export interface TypeCase {
  readonly type: ColumnType;
  /** The type in CREATE TABLE. */
  readonly ddl: string;
  readonly zero: ZeroValueType;
  /** SQL literals, and their JavaScript values. */
  readonly values: readonly (readonly [sql: string, js: unknown])[];
}

const other = (sql: string): ColumnType => ({ kind: 'other', sql });
const integer = (bits: 16 | 32 | 64): ColumnType => ({ kind: 'integer', bits, as: 'number' });
const array = (of: ColumnType): ColumnType => ({ kind: 'array', of });
const mood: ColumnType = { kind: 'enum', name: 'mood', values: ['sad', "it's ok", 'Happy'] };
const uuid = '019a0000-0000-7000-8000-0123456789ab';
const timestamp = (withTimezone: boolean, precision?: number): ColumnType => ({
  kind: 'timestamp',
  withTimezone,
  as: 'date',
  ...(precision === undefined ? {} : { precision }),
});

/** Every type that syncs, by column. */
export const synced: Readonly<Record<string, TypeCase>> = {
  small: {
    type: integer(16),
    ddl: 'smallint',
    zero: 'number',
    values: [
      ['-32768', -32768],
      ['32767', 32767],
    ],
  },
  int: {
    type: integer(32),
    ddl: 'integer',
    zero: 'number',
    values: [
      ['-2147483648', -2147483648],
      ['2147483647', 2147483647],
    ],
  },
  big: {
    type: { kind: 'integer', bits: 64, as: 'bigint' },
    ddl: 'bigint',
    zero: 'number',
    values: [
      ['-9007199254740991', Number.MIN_SAFE_INTEGER],
      ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ],
  },
  real: {
    type: { kind: 'float', bits: 32 },
    ddl: 'real',
    zero: 'number',
    values: [
      ['1.5', 1.5],
      ['-1e30', -1e30],
    ],
  },
  double: {
    type: { kind: 'float', bits: 64 },
    ddl: 'double precision',
    zero: 'number',
    values: [
      ['0.1', 0.1],
      ['1.7976931348623157e308', Number.MAX_VALUE],
    ],
  },
  money2: {
    type: { kind: 'numeric', precision: 12, scale: 2, as: 'string' },
    ddl: 'numeric(12,2)',
    zero: 'number',
    values: [
      ['1234567890.10', 1234567890.1],
      ['-0.01', -0.01],
    ],
  },
  numeric: {
    type: { kind: 'numeric', as: 'string' },
    ddl: 'numeric',
    zero: 'number',
    // Lossy, see the warning.
    values: [
      ['1234567.890123456789', 1234567.8901234567],
      ['0.1', 0.1],
    ],
  },
  flag: {
    type: { kind: 'boolean' },
    ddl: 'boolean',
    zero: 'boolean',
    values: [
      ['true', true],
      ['false', false],
    ],
  },
  text: {
    type: { kind: 'text' },
    ddl: 'text',
    zero: 'string',
    values: [
      ["''", ''],
      ["E'Zoë\\n👩‍🔬'", 'Zoë\n👩‍🔬'],
    ],
  },
  words: {
    type: { kind: 'text', values: ['b', 'a'] },
    ddl: 'text',
    zero: 'string',
    values: [
      ["'b'", 'b'],
      ["'a'", 'a'],
    ],
  },
  short: {
    type: { kind: 'varchar', length: 3 },
    ddl: 'varchar(3)',
    zero: 'string',
    values: [
      ["'abc'", 'abc'],
      ["'a'", 'a'],
    ],
  },
  padded: {
    type: { kind: 'char', length: 4, values: ['ab', 'abcd'] },
    ddl: 'char(4)',
    zero: 'string',
    values: [
      ["'ab'", 'ab  '],
      ["'abcd'", 'abcd'],
    ],
  },
  uuid: {
    type: { kind: 'uuid' },
    ddl: 'uuid',
    zero: 'string',
    values: [
      [`'${uuid.toUpperCase()}'`, uuid],
      [`'${uuid}'`, uuid],
    ],
  },
  mood: {
    type: mood,
    ddl: 'mood',
    zero: 'string',
    values: [
      ["'it''s ok'", "it's ok"],
      ["'Happy'", 'Happy'],
    ],
  },
  moodInApp: {
    type: { kind: 'enum', name: 'size', schema: 'app', values: ['S', 'L'] },
    ddl: 'app.size',
    zero: 'string',
    values: [
      ["'S'", 'S'],
      ["'L'", 'L'],
    ],
  },
  instant: {
    type: timestamp(true),
    ddl: 'timestamptz',
    zero: 'number',
    values: [
      ["'1969-12-31 23:59:59.9995+00'", -0.5],
      ["'2026-02-03 04:05:06.123456+02'", Date.UTC(2026, 1, 3, 2, 5, 6, 123) + 0.456],
    ],
  },
  millis: {
    type: timestamp(true, 3),
    ddl: 'timestamptz(3)',
    zero: 'number',
    values: [
      ["'2026-02-03 04:05:06.1239+00'", Date.UTC(2026, 1, 3, 4, 5, 6, 124)],
      ["'0001-01-01 00:00:00+00'", Date.parse('0001-01-01T00:00:00Z')],
    ],
  },
  local: {
    type: timestamp(false, 0),
    ddl: 'timestamp(0)',
    zero: 'number',
    values: [
      ["'2026-02-03 04:05:06.5'", Date.UTC(2026, 1, 3, 4, 5, 7)],
      ["'9999-12-31 23:59:59'", Date.UTC(9999, 11, 31, 23, 59, 59)],
    ],
  },
  day: {
    type: { kind: 'date', as: 'string' },
    ddl: 'date',
    zero: 'number',
    values: [
      ["'2024-02-29'", Date.UTC(2024, 1, 29)],
      ["'1900-01-01'", Date.UTC(1900, 0, 1)],
    ],
  },
  time: {
    type: other('time'),
    ddl: 'time',
    zero: 'number',
    values: [
      ["'00:00:00'", 0],
      ["'23:59:59.999'", 86_399_999],
    ],
  },
  timeWithZone: {
    type: other('time(3) with time zone'),
    ddl: 'time(3) with time zone',
    zero: 'number',
    values: [
      ["'01:00:00+01'", 0],
      ["'12:00:00.001+00'", 43_200_001],
    ],
  },
  json: {
    type: { kind: 'json', binary: false },
    ddl: 'json',
    zero: 'json',
    values: [
      ['\'{"a": [1, null, "x"]}\'', { a: [1, null, 'x'] }],
      ['\'"text"\'', 'text'],
    ],
  },
  jsonb: {
    type: { kind: 'json', binary: true },
    ddl: 'jsonb',
    zero: 'json',
    values: [
      ["'[]'", []],
      ['\'{"deep": {"n": 1.5e10}}\'', { deep: { n: 1.5e10 } }],
    ],
  },
  texts: {
    type: array({ kind: 'text' }),
    ddl: 'text[]',
    zero: 'json',
    values: [
      ["'{}'", []],
      ["array['a,b', '\"', '']", ['a,b', '"', '']],
    ],
  },
  ints: {
    type: array(integer(32)),
    ddl: 'integer[]',
    zero: 'json',
    values: [
      ["'{1,-2}'", [1, -2]],
      ["'{}'", []],
    ],
  },
  flags: {
    type: array({ kind: 'boolean' }),
    ddl: 'boolean[]',
    zero: 'json',
    values: [
      ["'{true,false}'", [true, false]],
      ["'{}'", []],
    ],
  },
  grid: {
    type: array(array(integer(32))),
    ddl: 'integer[][]',
    zero: 'json',
    values: [
      [
        "'{{1,2},{3,4}}'",
        [
          [1, 2],
          [3, 4],
        ],
      ],
      ["'{}'", []],
    ],
  },
  moods: {
    type: array(mood),
    ddl: 'mood[]',
    zero: 'json',
    values: [
      ["'{sad,Happy}'", ['sad', 'Happy']],
      ["'{}'", []],
    ],
  },
  uuids: {
    type: array({ kind: 'uuid' }),
    ddl: 'uuid[]',
    zero: 'json',
    values: [
      [`'{${uuid}}'`, [uuid]],
      ["'{}'", []],
    ],
  },
  numerics: {
    type: array({ kind: 'numeric', precision: 5, scale: 2, as: 'string' }),
    ddl: 'numeric(5,2)[]',
    zero: 'json',
    values: [
      ["'{1.50,-2}'", [1.5, -2]],
      ["'{}'", []],
    ],
  },
  instants: {
    type: array(timestamp(true, 3)),
    ddl: 'timestamptz(3)[]',
    zero: 'json',
    values: [
      ["'{2026-02-03 04:05:06.123+00}'", [Date.UTC(2026, 1, 3, 4, 5, 6, 123)]],
      ["'{}'", []],
    ],
  },
  address: {
    type: other('inet'),
    ddl: 'inet',
    zero: 'string',
    values: [
      ["'10.0.0.1/8'", '10.0.0.1/8'],
      ["'::1'", '::1'],
    ],
  },
  network: {
    type: other('cidr'),
    ddl: 'cidr',
    zero: 'string',
    values: [
      ["'10.0.0.0/8'", '10.0.0.0/8'],
      ["'::/0'", '::/0'],
    ],
  },
  mac: {
    type: other('macaddr'),
    ddl: 'macaddr',
    zero: 'string',
    values: [
      ["'08:00:2B:01:02:03'", '08:00:2b:01:02:03'],
      ["'00-00-00-00-00-00'", '00:00:00:00:00:00'],
    ],
  },
  mac8: {
    type: other('macaddr8'),
    ddl: 'macaddr8',
    zero: 'string',
    values: [
      ["'08:00:2b:01:02:03:04:05'", '08:00:2b:01:02:03:04:05'],
      ["'00:00:00:00:00:00:00:00'", '00:00:00:00:00:00:00:00'],
    ],
  },
  position: {
    type: other('pg_lsn'),
    ddl: 'pg_lsn',
    zero: 'string',
    values: [
      ["'16/B374D848'", '16/B374D848'],
      ["'0/0'", '0/0'],
    ],
  },
  custom: {
    type: other('pg_catalog.varchar(5)[]'),
    ddl: 'varchar(5)[]',
    zero: 'json',
    values: [
      ['\'{ab,"c d"}\'', ['ab', 'c d']],
      ["'{}'", []],
    ],
  },
};

/** Types that zero-cache cannot sync. Some even crash it. */
export const unsupported: Readonly<Record<string, readonly [ddl: string, sql: string]>> = {
  bytes: ['bytea', "'\\x00ff'"],
  bits: ['bit(3)', "B'101'"],
  bitsVarying: ['bit varying(5)', "B'101'"],
  span: ['interval', "'1 day'"],
  cash: ['money', "'1.50'"],
  range: ['int4range', "'[1,2)'"],
  ranges: ['int4multirange', "'{[1,2)}'"],
  search: ['tsvector', "'a'"],
  query: ['tsquery', "'a'"],
  domain: ['email', "'a@example.org'"],
  innerChar: ['"char"', "'a'"],
  name: ['name', "'a'"],
  point: ['point', "'(1,2)'"],
  line: ['line', "'{1,2,3}'"],
  lseg: ['lseg', "'[(1,2),(3,4)]'"],
  box: ['box', "'(1,2),(3,4)'"],
  path: ['path', "'[(1,2),(3,4)]'"],
  polygon: ['polygon', "'((1,2),(3,4))'"],
  circle: ['circle', "'<(1,2),3>'"],
  byteArrays: ['bytea[]', "'{}'"],
  // zero-cache copies the bytes of these as text.
  addresses: ['inet[]', "'{10.0.0.1}'"],
  networks: ['cidr[]', "'{10.0.0.0/8}'"],
  macs: ['macaddr[]', "'{08:00:2b:01:02:03}'"],
  longMacs: ['macaddr8[]', "'{08:00:2b:01:02:03:04:05}'"],
  positions: ['pg_lsn[]', "'{16/B374D848}'"],
};
