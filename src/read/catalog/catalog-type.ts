import { baseType } from '../../model/base-type.ts';
import type { ColumnType } from '../../model/column-type.ts';
import { givenSchema } from '../../model/table-id.ts';
import type { ColumnRow } from './catalog-rows.ts';

/** The type of a column. A database has no JavaScript types: `as` is Drizzle's default. */
export function catalogType(row: ColumnRow): ColumnType {
  const { base, base_schema: schema, values, is_array: isArray } = row;
  const element: ColumnType | undefined =
    values === null ? undefined : { kind: 'enum', name: base, ...givenSchema(schema), values };
  if (element) return isArray ? { kind: 'array', of: element } : element;
  return namedType(withoutSchema(row), row.collation);
}

/** Omits the schema of a type in `public` or of an extension. */
function withoutSchema({
  type,
  base_schema: schema,
  of_extension: ofExtension,
}: ColumnRow): string {
  if (schema !== 'public' && !ofExtension) return type;
  return type.replace(/^(?:"(?:[^"]|"")+"|[^".]+)\./, '');
}

function namedType(sql: string, collation: string | null): ColumnType {
  const { name, args, dimensions } = baseType(sql);
  if (dimensions > 0) {
    return { kind: 'array', of: namedType(sql.replace(/(?:\[\])+$/, ''), collation) };
  }
  if (collation !== null && name !== 'text') {
    return { kind: 'other', sql: `${sql} COLLATE "${collation}"` };
  }
  const [first, second] = (args ?? '')
    .split(',')
    .map((arg) => (arg === '' ? undefined : Number(arg)));
  switch (name) {
    case 'uuid':
    case 'boolean':
      return { kind: name };
    case 'text':
      return { kind: 'text', ...(collation !== null && { collation }) };
    case 'character varying':
      return { kind: 'varchar', ...(first !== undefined && { length: first }) };
    case 'character':
      return { kind: 'char', length: first ?? 1 };
    case 'smallint':
      return { kind: 'integer', bits: 16, as: 'number' };
    case 'integer':
      return { kind: 'integer', bits: 32, as: 'number' };
    case 'bigint':
      return { kind: 'integer', bits: 64, as: 'number' };
    case 'real':
      return { kind: 'float', bits: 32 };
    case 'double precision':
      return { kind: 'float', bits: 64 };
    case 'numeric':
      return {
        kind: 'numeric',
        ...(first !== undefined && { precision: first, scale: second ?? 0 }),
        as: 'string',
      };
    case 'date':
      return { kind: 'date', as: 'string' };
    case 'json':
    case 'jsonb':
      return { kind: 'json', binary: name === 'jsonb' };
    case 'timestamp with time zone':
    case 'timestamp without time zone':
      return {
        kind: 'timestamp',
        withTimezone: name === 'timestamp with time zone',
        ...(first !== undefined && { precision: first }),
        as: 'date',
      };
    default:
      return { kind: 'other', sql };
  }
}
