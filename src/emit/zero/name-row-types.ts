import type { PlannedTable } from './plan-table.ts';
import { own } from './own.ts';

/**
 * Names that a row's type cannot have in the generated file: its own exports and
 * imports, and the types that it, or a `$type`, may mean by them.
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
 * The names of the types of rows: `Package` for packages. Where two tables would
 * share one (user and users), or it is taken, both say what they are: `UsersRow`.
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
  // `_1st` loses what lets a name begin with a digit.
  return /^\d|^$/.test(joined) ? `Table${joined}` : joined;
}

/** Words whose last s is none of a plural. */
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

/** The last word of a name in the singular, as far as its ending tells; else as it is. */
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
