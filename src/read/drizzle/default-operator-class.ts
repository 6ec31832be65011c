import { baseType } from '../../model/base-type.ts';
import type { ColumnType } from '../../model/column-type.ts';
import { sqlType } from '../../model/sql-type.ts';

/** The default operator classes of types, by method. */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  btree: {
    uuid: 'uuid_ops',
    text: 'text_ops',
    'character varying': 'text_ops',
    character: 'bpchar_ops',
    smallint: 'int2_ops',
    integer: 'int4_ops',
    bigint: 'int8_ops',
    real: 'float4_ops',
    'double precision': 'float8_ops',
    numeric: 'numeric_ops',
    boolean: 'bool_ops',
    date: 'date_ops',
    'time without time zone': 'time_ops',
    'timestamp without time zone': 'timestamp_ops',
    'timestamp with time zone': 'timestamptz_ops',
    jsonb: 'jsonb_ops',
    inet: 'inet_ops',
    interval: 'interval_ops',
  },
  gin: { jsonb: 'jsonb_ops', tsvector: 'tsvector_ops' },
  gist: { tsvector: 'tsvector_ops' },
};

/** The operator class that an index has if it names none, as far as it is known. */
export function defaultOperatorClass(type: ColumnType, method: string): string | undefined {
  if (type.kind === 'array')
    return method === 'btree' || method === 'gin' ? 'array_ops' : undefined;
  if (type.kind === 'enum') return method === 'btree' ? 'enum_ops' : undefined;
  return DEFAULTS[method]?.[baseType(sqlType(type)).name];
}
