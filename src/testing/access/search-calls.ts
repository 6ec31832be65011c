import type { RowSearch, SearchType } from '../../model/row-search.ts';
import { sqlName, sqlText } from './sql-value.ts';
import type { Row } from './world.ts';

/** A call of a search function. */
export interface SearchCall {
  /** The call as a query that returns the ids in order. */
  readonly sql: string;
  /** The condition and the order with the same values: the ids of all rows that match, whoever may read them. */
  readonly matches: string;
  readonly limit: number;
}

/** Words of the columns and parameters that no rule tests. */
const WORDS = ['alpha', 'beta', 'gamma'];

const VALUES: Readonly<Record<SearchType, readonly string[]>> = {
  text: WORDS,
  'text[]': ['{alpha}', '{beta}', '{alpha,beta}'],
  jsonb: ['{"alpha": 1}', '{"beta": 2}', '{}'],
  jsonpath: ['$.alpha', '$.beta', '$'],
  integer: ['1', '2', '0'],
  uuid: ['00000000-0000-4000-8000-000000000001'],
  timestamptz: ['2024-02-29T00:00:00Z', '2030-01-01T00:00:00Z', '1999-01-01T00:00:00Z'],
};

/** Calls of a search with a few values each. */
export function searchCalls(
  { name, parameters, where, orderBy, limit }: RowSearch,
  table: { readonly sql: string; readonly key: string; readonly rows: readonly Row[] },
): readonly SearchCall[] {
  const own = table.rows.flatMap((row) => Object.values(row));
  return [0, 1, 2].map((at): SearchCall => {
    const values = new Map(
      Object.entries(parameters).map(([parameter, type], place) => {
        const found = own.filter((value) => fits(value, type)).map(String);
        const all = found.length > 0 && at !== 1 ? found : VALUES[type];
        const value = sqlText(all[(at + place) % all.length] ?? '');
        return [parameter, `(${value}::${type})`];
      }),
    );
    const filled = (sql: string): string =>
      sql.replaceAll(
        /(?<!:):([a-z_]\w*)/g,
        (whole, parameter: string) => values.get(parameter) ?? whole,
      );
    const id = `"row".${sqlName(table.key)}`;
    const most = at === 2 ? 1 : limit;
    const order = orderBy === undefined ? id : `${filled(orderBy)}, ${id}`;
    return {
      sql: `select found::text as id from public.${sqlName(name)}(${[...values.values(), most].join(', ')}) as found`,
      matches: `select ${id}::text as id from ${table.sql} as "row" where (${filled(where)}) order by ${order}`,
      limit: most,
    };
  });
}

/** Only plain words, because a text may be parsed as a query. */
function fits(value: Row[string], type: SearchType): boolean {
  if (typeof value !== 'string') return false;
  if (type === 'uuid') return /^[0-9a-f-]{36}$/.test(value);
  return type === 'text' && /^[a-z]+$/i.test(value);
}

const INDEX = (key: string, column: string): string =>
  `1 + mod(abs(hashtext(${key}::text || ${sqlText(column)})::bigint), 3)`;

const CONTENTS: Readonly<Record<string, readonly string[]>> = {
  text: ['alpha', 'alpha beta', 'beta gamma'],
  _text: ['{alpha}', '{alpha,beta}', '{gamma}'],
  jsonb: ['{"alpha": 1}', '{"alpha": 1, "beta": 2}', '{"gamma": ["alpha"]}'],
  int4: ['1', '2', '3'],
  int8: ['1', '2', '3'],
  bool: ['true', 'false', 'true'],
  timestamptz: ['2024-02-29T00:00:00Z', '2025-01-01T00:00:00Z', '1999-01-01T00:00:00Z'],
};

/** An expression for a column that no rule tests, from the row's key; `undefined` for other types. */
export function contentSql(key: string, column: string, type: string): string | undefined {
  const values = CONTENTS[type === 'varchar' ? 'text' : type];
  return values && `(array[${values.map(sqlText).join(', ')}])[${INDEX(sqlName(key), column)}]`;
}
