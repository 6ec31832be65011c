/** A parsed SQL type. */
export interface BaseType {
  /** The name as Postgres prints it, without arguments: `character varying`. */
  readonly name: string;
  /** Arguments in parentheses: `10,2`. */
  readonly args?: string;
  /** 2 for `integer[][]`. */
  readonly dimensions: number;
}

/** Aliases of Postgres's built-in types. */
const ALIASES: Readonly<Record<string, string>> = {
  int: 'integer',
  int4: 'integer',
  serial: 'integer',
  serial4: 'integer',
  int2: 'smallint',
  smallserial: 'smallint',
  serial2: 'smallint',
  int8: 'bigint',
  bigserial: 'bigint',
  serial8: 'bigint',
  decimal: 'numeric',
  dec: 'numeric',
  float4: 'real',
  float8: 'double precision',
  float: 'double precision',
  bool: 'boolean',
  varchar: 'character varying',
  'char varying': 'character varying',
  char: 'character',
  bpchar: 'character',
  nchar: 'character',
  'national char': 'character',
  'national character': 'character',
  'national character varying': 'character varying',
  timestamptz: 'timestamp with time zone',
  timestamp: 'timestamp without time zone',
  timetz: 'time with time zone',
  time: 'time without time zone',
};

const COLLATION = /\s+collate\s+(?:(?:"[^"]+"|\w+)\.)?(?:"[^"]+"|\w+)/i;
const ARRAY = /\s*(?:\[\s*\d*\s*\]|\s+array(?:\s*\[\s*\d*\s*\])?)\s*$/i;

/**
 * Parses a SQL type, for example from a custom type's `dataType()`. The name has no
 * arguments, quotes, pg_catalog, collation or array brackets, and aliases are resolved.
 *
 * @example
 * baseType('varchar(20)[]') // { name: 'character varying', args: '20', dimensions: 1 }
 */
export function baseType(sql: string): BaseType {
  let rest = sql.trim().replace(COLLATION, '');
  let dimensions = 0;
  for (; ARRAY.test(rest); rest = rest.replace(ARRAY, '')) dimensions += 1;
  const args = /\(([^)]*)\)/.exec(rest)?.[1]?.replaceAll(/\s+/g, '');
  const written = rest
    .replace(/\s*\([^)]*\)/, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/^"?pg_catalog"?\./i, '')
    .trim();
  return { name: canonical(written), ...(args ? { args } : {}), dimensions };
}

function canonical(written: string): string {
  // The one-byte type of the catalogs; unquoted, `char` means character(1).
  if (written === '"char"') return '"char"';
  const name = written.replaceAll(/"([a-z_][a-z0-9_]*)"/g, '$1');
  // A quoted name with capitals is a user-defined type.
  if (name.includes('"')) return name;
  const lower = name.toLowerCase();
  return Object.hasOwn(ALIASES, lower) ? (ALIASES[lower] ?? lower) : lower;
}
