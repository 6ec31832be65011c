/** A type as SQL writes it, taken apart. */
export interface BaseType {
  /** As Postgres itself prints it, without arguments: `character varying`. */
  readonly name: string;
  /** What stood in the brackets: `10,2`. */
  readonly args?: string;
  /** 2 for `integer[][]`. */
  readonly dimensions: number;
}

/** Other names of Postgres's own types. */
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
 * Takes apart what a custom type's `dataType()` returns: arguments, quotes,
 * pg_catalog, collations, arrays and the other names of a type are no part of it.
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
  // The one-byte type that catalogs use; unquoted, the word means character(1).
  if (written === '"char"') return '"char"';
  const name = written.replaceAll(/"([a-z_][a-z0-9_]*)"/g, '$1');
  // A quoted name with capitals is somebody's own type.
  if (name.includes('"')) return name;
  const lower = name.toLowerCase();
  return Object.hasOwn(ALIASES, lower) ? (ALIASES[lower] ?? lower) : lower;
}
