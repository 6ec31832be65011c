import type { ColumnType } from './column-type.ts';
import { givenSchema } from './table-id.ts';
import { baseType } from './base-type.ts';

/**
 * A column's type as Postgres's `format_type` prints it, followed by the values of an enum
 * or the collation. If this text differs, the type of the column has changed.
 */
export function sqlType(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
      return `text${type.collation === undefined ? '' : ` collate ${type.collation}`}`;
    case 'uuid':
    case 'boolean':
    case 'date':
      return type.kind;
    case 'varchar':
      return `character varying${type.length === undefined ? '' : `(${type.length})`}`;
    case 'char':
      return `character(${type.length})`;
    case 'integer':
      return { 16: 'smallint', 32: 'integer', 64: 'bigint' }[type.bits];
    case 'float':
      return type.bits === 32 ? 'real' : 'double precision';
    case 'numeric':
      return numeric(type.precision, type.scale);
    case 'timestamp': {
      const zone = type.withTimezone ? 'with' : 'without';
      return `timestamp${type.precision === undefined ? '' : `(${type.precision})`} ${zone} time zone`;
    }
    case 'json':
      return type.binary ? 'jsonb' : 'json';
    case 'enum':
      return `${enumName(type)}(${type.values.join(',')})`;
    case 'array':
      return arrayOf(type.of);
    case 'other':
      return other(type.sql);
  }
}

const COLLATION =
  /\scollate\s+(?:(?:"(?:[^"]|"")+"|\w+)\.)?(?:"(?<quoted>(?:[^"]|"")+)"|(?<plain>\w+))/i;

const numeric = (precision?: number, scale = 0): string =>
  precision === undefined ? 'numeric' : `numeric(${precision},${scale})`;

function enumName({ name, schema }: Extract<ColumnType, { kind: 'enum' }>): string {
  return [givenSchema(schema).schema ?? [], name]
    .flat()
    .map((part) => (/^[a-z_][a-z0-9_]*$/.test(part) ? part : `"${part.replaceAll('"', '""')}"`))
    .join('.');
}

/** Postgres does not store the number of dimensions. */
function arrayOf(element: ColumnType): string {
  if (element.kind === 'array') return arrayOf(element.of);
  if (element.kind === 'enum') return `${enumName(element)}[](${element.values.join(',')})`;
  return `${sqlType(element)}[]`;
}

const other = (sql: string): string => withoutCollation(sql) + collation(sql);

function collation(sql: string): string {
  const { quoted, plain } = COLLATION.exec(sql)?.groups ?? {};
  const name = quoted?.replaceAll('""', '"') ?? plain?.toLowerCase() ?? 'default';
  return name === 'default' ? '' : ` collate ${name}`;
}

function withoutCollation(sql: string): string {
  const { name, args, dimensions } = baseType(sql);
  const brackets = dimensions > 0 ? '[]' : '';
  if (args === undefined) return `${name === 'character' ? 'character(1)' : name}${brackets}`;
  if (name === 'numeric') {
    const [precision, scale] = args.split(',').map(Number);
    return `${numeric(precision, scale)}${brackets}`;
  }
  const [, first, rest = ''] = /^(timestamp|time)( .*)$/.exec(name) ?? [undefined, name];
  return `${first}(${args})${rest}${brackets}`;
}
