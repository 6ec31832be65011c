import { baseType } from '../model/base-type.ts';
import type { ColumnType } from '../model/column-type.ts';
import type { ValuePlace } from './value-place.ts';

/** Drizzle's columns of these types hold lists of numbers. */
const VECTORS: ReadonlySet<string> = new Set(['vector', 'halfvec']);

/** The text of a value, or a vector, for a type that the model does not support. */
export function drawOther(
  { sql, mapped }: Extract<ColumnType, { kind: 'other' }>,
  { row }: ValuePlace,
): string | readonly number[] {
  const { name, args, dimensions } = baseType(sql);
  if (VECTORS.has(name) && dimensions === 0 && mapped !== true) {
    return Array.from({ length: Number(args ?? 1) }, (_, at) => (at + row) % 7);
  }
  const text = texts(row, args)[name] ?? `${row}`;
  return dimensions > 0 ? `{"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"}` : text;
}

const texts = (row: number, args: string | undefined): Readonly<Record<string, string>> => {
  const day = new Date(Date.UTC(2026, 0, 2 + row)).toISOString().slice(0, 10);
  const small = row % 250;
  const length = Number(args?.split(',')[0] ?? 1);
  const bits = row.toString(2).padStart(length, '0').slice(-length);
  return {
    bytea: String.raw`\x${row.toString(16).padStart(4, '0')}`,
    inet: `10.0.0.${small + 1}`,
    cidr: `10.0.${small}.0/24`,
    macaddr: `08:00:2b:01:02:${small.toString(16).padStart(2, '0')}`,
    macaddr8: `08:00:2b:01:02:03:04:${small.toString(16).padStart(2, '0')}`,
    interval: `${row + 1} hours`,
    'time without time zone': `0${row % 10}:04:05`,
    'time with time zone': `0${row % 10}:04:05+00`,
    point: `(${row},1)`,
    line: `{1,${row},1}`,
    lseg: `[(0,0),(${row + 1},1)]`,
    box: `(${row + 1},1),(0,0)`,
    path: `[(0,0),(${row + 1},1)]`,
    polygon: `((0,0),(${row + 1},0),(0,1))`,
    circle: `<(0,0),${row + 1}>`,
    bit: bits,
    'bit varying': bits,
    money: `${row}.00`,
    xml: `<row>${row}</row>`,
    tsvector: `'row${row}':1`,
    tsquery: `'row${row}'`,
    int4range: `[${row},${row + 5})`,
    int8range: `[${row},${row + 5})`,
    numrange: `[${row},${row + 5})`,
    daterange: `[${day},infinity)`,
    tsrange: `["${day} 00:00:00",infinity)`,
    tstzrange: `["${day} 00:00:00+00",infinity)`,
    vector: `[${Array.from({ length }, (_, at) => (at + row) % 7).join(',')}]`,
    halfvec: `[${Array.from({ length }, (_, at) => (at + row) % 7).join(',')}]`,
    hstore: `row=>${row}`,
    citext: `row-${row}`,
    ltree: `row${row}`,
    oid: `${row + 1}`,
    name: `row_${row}`,
  };
};
