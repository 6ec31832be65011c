import { baseType } from '../../model/base-type.ts';
import type { ColumnType } from '../../model/column-type.ts';
import type { Enum } from '../../model/enum.ts';
import { schemaOf, tableId } from '../../model/table-id.ts';

/** The TypeScript type of a value in PostgREST's JSON. */
export interface TypeText {
  readonly text: string;
  /** The SQL type that neither Postgres nor the definitions declare, if there is one. */
  readonly unknown?: string;
}

/** Types outside the model's kinds that PostgREST returns as text. */
const TEXTS: ReadonlySet<string> = new Set([
  'text',
  'uuid',
  'character',
  'character varying',
  'bytea',
  'citext',
  'date',
  'interval',
  'time with time zone',
  'time without time zone',
  'timestamp with time zone',
  'timestamp without time zone',
  'vector',
]);

const NUMBERS: ReadonlySet<string> = new Set([
  'smallint',
  'integer',
  'bigint',
  'real',
  'double precision',
  'numeric',
]);

/** Supabase's generator types them as `unknown`, too. */
const UNTYPED =
  /^(?:"char"|bit|bit varying|varbit|box|cidr|cid|circle|cube|geography|geometry|halfvec|hstore|inet|jsonpath|line|lo|lquery|lseg|ltree|ltxtquery|macaddr8?|money|name|oid|path|pg_lsn|pg_snapshot|point|polygon|reg[a-z]+|seg|sparsevec|tid|tsquery|tsvector|xid8?|xml|ean13|is[bms]n(?:13)?|upc|(?:int4|int8|num|ts|tstz|date)(?:multi)?range)$/;

/** The type of a column without its nullability. */
export function typeText(type: ColumnType, enums: ReadonlyMap<string, Enum>): TypeText {
  switch (type.kind) {
    case 'integer':
    case 'float':
    case 'numeric':
      return { text: 'number' };
    case 'boolean':
      return { text: 'boolean' };
    case 'json':
      return { text: 'Json' };
    case 'enum':
      return { text: enumText(type) };
    case 'array':
      // Postgres does not store the number of dimensions.
      return type.of.kind === 'array'
        ? typeText(type.of, enums)
        : arrayOf(typeText(type.of, enums));
    case 'other':
      return namedType(type.sql, enums);
    default:
      return { text: 'string' };
  }
}

function namedType(sql: string, enums: ReadonlyMap<string, Enum>): TypeText {
  const { name, dimensions } = baseType(sql);
  const one = scalar(name.startsWith('interval ') ? 'interval' : name, enums);
  return dimensions > 0 ? arrayOf(one) : one;
}

function scalar(name: string, enums: ReadonlyMap<string, Enum>): TypeText {
  if (TEXTS.has(name)) return { text: 'string' };
  if (NUMBERS.has(name)) return { text: 'number' };
  if (name === 'boolean') return { text: 'boolean' };
  if (name === 'json' || name === 'jsonb') return { text: 'Json' };
  const parts = name.split('.').map((part) => part.replaceAll('"', ''));
  const [own = '', schema] = parts.toReversed();
  const found = enums.get(tableId(schema, own));
  if (found) return { text: enumText(found) };
  if (UNTYPED.test(own) || name === '"char"') return { text: 'unknown' };
  return { text: 'unknown', unknown: name };
}

const arrayOf = ({ text, ...rest }: TypeText): TypeText => ({ text: `${text}[]`, ...rest });

const enumText = (one: Pick<Enum, 'name' | 'schema'>): string =>
  `Database[${JSON.stringify(schemaOf(one))}]["Enums"][${JSON.stringify(one.name)}]`;

/** Adds NULL. `Json` includes null already, so a NOT NULL column excludes it. */
export function withNull(text: string, isNullable: boolean): string {
  if (text === 'unknown') return text;
  if (isNullable) return `${text} | null`;
  return text === 'Json' ? 'NonNullable<Json>' : text;
}
