import type { Column } from '../model/column.ts';
import type { Table } from '../model/table.ts';

const TEXT = /'(?:[^']|'')*'/g;

/** What a condition compares with, as it is written. */
export interface SqlLiterals {
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
}

/** The literals in SQL: often the very values at which a condition turns. */
export function literalsIn(sql: string): SqlLiterals {
  const texts = (sql.match(TEXT) ?? []).map((text) => text.slice(1, -1).replaceAll("''", "'"));
  const rest = sql.replaceAll(TEXT, ' ').replaceAll(/"(?:[^"]|"")*"/g, ' ');
  const numbers = rest.match(/(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])/g) ?? [];
  return { texts: [...new Set(texts)], numbers: [...new Set(numbers.map(Number))] };
}

/** The columns that a condition is about. Through a generated column it is about others. */
export function columnsIn(sql: string, table: Table): readonly Column[] {
  const words = new Set(
    [...sql.replaceAll(TEXT, ' ').matchAll(/"((?:[^"]|"")*)"|([a-z_][\w$]*)/gi)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain?.toLowerCase(),
    ),
  );
  const named = table.columns.filter(({ name }) => words.has(name));
  const through = named.flatMap(({ generatedSql }) =>
    generatedSql === undefined ? [] : columnsIn(generatedSql, table),
  );
  return [...new Set([...named, ...through])].filter(
    ({ generatedSql }) => generatedSql === undefined,
  );
}

/** The SQL of a condition with that of the generated columns in it, for its literals. */
export function withGenerated(sql: string, table: Table): string {
  const through = table.columns.flatMap(({ name, generatedSql }) =>
    generatedSql !== undefined && sql.includes(name) ? [generatedSql] : [],
  );
  return [sql, ...through].join(' ');
}
