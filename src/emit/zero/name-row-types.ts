import type { PlannedTable } from './plan-table.ts';
import { own } from './own.ts';

/**
 * Names that a row type must not use: the exports and imports of the generated file, and
 * the global types that it, or a `$type`, may refer to.
 */
const TAKEN = new Set(
  `Schema Row DefaultTypes ReadonlyJSONValue Array ArrayBuffer Awaited BigInt Boolean Capitalize
  Date Error Exclude Extract Function InstanceType Iterable Iterator JSON Map Math NonNullable
  Number Object Omit Parameters Partial Pick Promise Proxy Readonly ReadonlyArray ReadonlyMap
  ReadonlySet Record RegExp Required ReturnType Set String Symbol Uint8Array Uncapitalize`.split(
    /\s+/,
  ),
);

/**
 * The names of the row types: `Package` for packages. If two tables would share a name
 * (user and users), or it is reserved, the names get a suffix: `UsersRow`.
 */
export function nameRowTypes(
  tables: readonly PlannedTable[],
  mentioned: ReadonlySet<string>,
): ReadonlyMap<PlannedTable, string> {
  const singulars = new Map(tables.map((table) => [table, singular(pascal(table.name))]));
  const count = Map.groupBy(singulars.values(), (name) => name);
  const plain = new Set<string>();
  const names = new Map<PlannedTable, string>();
  for (const [table, name] of singulars) {
    if (count.get(name)?.length !== 1 || TAKEN.has(name) || mentioned.has(name)) continue;
    plain.add(name);
    names.set(table, name);
  }
  for (const table of tables) {
    if (names.has(table)) continue;
    let name = `${pascal(table.name)}Row`;
    while (plain.has(name) || mentioned.has(name) || TAKEN.has(name)) name += '_';
    plain.add(name);
    names.set(table, name);
  }
  return names;
}

function pascal(name: string): string {
  const joined = name
    .split(/[_-]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
  // Removing the underscore of `_1st` leaves a leading digit.
  return /^\d|^$/.test(joined) ? `Table${joined}` : joined;
}

/** Words whose final s is not a plural. */
const UNCOUNTED = /(?:ss|us|is|news|series|species|data|metadata)$/i;
const IRREGULAR: Readonly<Record<string, string>> = {
  people: 'person',
  children: 'child',
  men: 'man',
  women: 'woman',
  indices: 'index',
  matrices: 'matrix',
  vertices: 'vertex',
  statuses: 'status',
  buses: 'bus',
  aliases: 'alias',
  analyses: 'analysis',
  movies: 'movie',
  cookies: 'cookie',
};

/** The last word of a name in the singular, if its ending is recognised; otherwise unchanged. */
function singular(name: string): string {
  const [last = name] = /[A-Z]?[a-z]+$/.exec(name) ?? [];
  const rest = name.slice(0, name.length - last.length);
  const known = own(IRREGULAR, last.toLowerCase());
  if (known !== undefined) return rest + inCaseOf(last, known);
  if (UNCOUNTED.test(last)) return name;
  if (/[^aeiou]ies$/i.test(last) && last.length > 4) return `${rest}${last.slice(0, -3)}y`;
  if (/(?:ch|sh|ss|x|zz)es$/i.test(last)) return rest + last.slice(0, -2);
  if (/[^s]s$/i.test(last) && last.length > 2) return rest + last.slice(0, -1);
  return name;
}

const inCaseOf = (like: string, word: string): string =>
  /^[A-Z]/.test(like) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
