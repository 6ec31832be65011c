import type { Column } from '../../model/column.ts';
import type { ColumnType } from '../../model/column-type.ts';
import type { Table } from '../../model/table.ts';
import { constraintsOf } from '../../rows/column-constraints.ts';
import { edgeValues } from '../../rows/edge-values.ts';

/** A value of the column's TypeScript type that one side may accept and the other refuse. */
export interface HostileValue {
  readonly value: unknown;
  /** The validator may refuse the value though Postgres accepts it, because clients would not read it back unchanged. */
  readonly narrower?: true;
}

const plain = (...values: readonly unknown[]): readonly HostileValue[] =>
  values.map((value) => ({ value }));
const narrower = (...values: readonly unknown[]): readonly HostileValue[] =>
  values.map((value) => ({ value, narrower: true }));

/** Values to test in a column; `keep` is the value of the row. */
export function hostileValues(
  table: Table,
  column: Column,
  keep: unknown,
): readonly HostileValue[] {
  const edges = constraintsOf(table, column).flatMap((constraint) => {
    const { allowed, forbidden } = edgeValues(table, column, constraint);
    return plain(...allowed, ...forbidden);
  });
  // The target of a foreign key must exist.
  const points = table.foreignKeys.some(({ columns }) => columns.includes(column.name));
  const isFree = !points || column.type.kind === 'uuid';
  return [
    ...plain(null, undefined, keep),
    ...(isFree ? [...edges, ...ofType(column.type, keep)] : []),
  ];
}

function ofType(type: ColumnType, keep: unknown): readonly HostileValue[] {
  switch (type.kind) {
    case 'uuid':
      return ofUuid(String(keep));
    case 'text':
    case 'varchar':
    case 'char':
      return ofText(type);
    case 'enum':
      return plain(...type.values, '', 'nonsense', `${type.values[0]} `);
    case 'integer':
      return type.as === 'bigint'
        ? plain(0n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 63n)
        : ofInteger(type.bits);
    case 'float':
      return [
        ...plain(0, -1.5, 1e21, 1e-7, 3.5e38, 1e39, 1e-46, 5e-324, 1.7e308),
        ...narrower(Number.NaN, Number.POSITIVE_INFINITY),
      ];
    case 'numeric':
      return ofNumeric(type);
    case 'boolean':
      return plain(true, false);
    case 'timestamp':
      return type.as === 'date' ? DATES : TIMESTAMPS;
    case 'date':
      return type.as === 'date' ? DATES : DAYS;
    case 'json':
      return ofJson(type.binary);
    case 'array':
      return [...plain([]), ...(Array.isArray(keep) ? ofItems(type.of, keep) : [])];
    case 'other':
      return [];
  }
}

function ofUuid(uuid: string): readonly HostileValue[] {
  const hex = uuid.replaceAll('-', '');
  return plain(
    uuid.toUpperCase(),
    `{${uuid}}`,
    hex,
    '',
    'x',
    ` ${uuid}`,
    `${uuid} `,
    `{${uuid}`,
    `(${uuid})`,
    uuid.slice(0, -1),
    `${uuid}0`,
    uuid.replace('-', '--'),
    `urn:uuid:${uuid}`,
    uuid.replace(/^./, 'g'),
    `${uuid}\0`,
  );
}

const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\t\n',
  '\ufeff',
  'null',
  '😀',
  '{}',
  '\\',
  "'",
  '"',
  'a\nb',
  'a\0b',
  '\0',
  '\ud800',
  'a\udc00b',
  'x'.repeat(2000),
];

function ofText(type: Extract<ColumnType, { kind: 'text' | 'varchar' | 'char' }>) {
  if (type.values) return plain(...type.values, '', 'nonsense', `${type.values[0]} `);
  const length = 'length' in type ? type.length : undefined;
  return plain(
    ...HOSTILE_TEXTS,
    ...(length === undefined
      ? []
      : ['x', '😀', ' '].flatMap((one) => [one.repeat(length), one.repeat(length + 1)])),
  );
}

const ofInteger = (bits: 16 | 32 | 64): readonly HostileValue[] => [
  ...plain(0, -0, 1, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY),
  ...plain(2 ** 15 - 1, 2 ** 15, -(2 ** 15) - 1, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1),
  ...(bits === 64 ? [...plain(2 ** 53 - 1), ...narrower(2 ** 53, 1e18)] : plain(1e21)),
];

function ofNumeric(type: Extract<ColumnType, { kind: 'numeric' }>): readonly HostileValue[] {
  const { precision, scale = 0, as } = type;
  if (as === 'bigint') return plain(0n, -1n);
  const whole = precision === undefined ? 5 : Math.max(1, precision - scale);
  const texts = ['0', '1', '-1', '1.5', '-0.25', '9'.repeat(whole), `1${'0'.repeat(whole)}`];
  if (as === 'number') {
    return [...plain(...texts.map(Number)), ...narrower(Number.NaN, Number.POSITIVE_INFINITY)];
  }
  return [
    ...plain(...texts, '', 'x', '1e3', '1.', '.5', '--1', '1,5'),
    ...narrower('NaN', 'Infinity', ' 1', '0x10', '1_000'),
  ];
}

const DATES = plain(
  ...['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.000Z', '1969-12-31T23:59:59.000Z'].map(
    (text) => new Date(text),
  ),
  ...['0000-12-31T23:59:59.999Z', '+010000-01-01T00:00:00.000Z', 'nonsense'].map(
    (text) => new Date(text),
  ),
);
const DAYS = [
  ...plain('2024-02-29', '2023-02-29', '2024-13-01', '', 'x', '0000-01-01'),
  ...narrower('2024-1-1', 'today', '20240102'),
];
const TIMESTAMPS = [
  ...plain('2024-02-29T12:00:00Z', '2024-02-29 12:00:00', '2023-02-29T00:00:00Z', '', 'x'),
  ...narrower('now', '2024-02-29', '2024-02-29T24:00:00Z'),
];

function ofJson(binary: boolean): readonly HostileValue[] {
  const odd = ['\0', { '\0': 1 }, '\ud800', ['\ud800']];
  return [
    ...plain({}, [], 'text', 1, true, { a: [1, { b: null }] }, ''),
    ...(binary ? plain(...odd) : narrower(...odd)),
  ];
}

/** A list with one element for each hostile item. */
function ofItems(type: ColumnType, [first]: readonly unknown[]): readonly HostileValue[] {
  if (type.kind === 'array') return [];
  return ofType(type, first).flatMap(({ value, ...rest }) =>
    value === null || value === undefined ? [] : [{ value: [value], ...rest }],
  );
}
