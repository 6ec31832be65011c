import type { Column } from '../model/column.ts';
import type { Table } from '../model/table.ts';

/** A text literal or a quoted name. */
const QUOTED = /'((?:[^']|'')*)'|"((?:[^"]|"")*)"/g;

/** The literals of a condition. */
export interface SqlLiterals {
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
}

/** The literals in SQL: often the values at which the result of a condition changes. */
export function literalsIn(sql: string): SqlLiterals {
  const texts = [...sql.matchAll(QUOTED)].flatMap(([, text]) => text?.replaceAll("''", "'") ?? []);
  const numbers = sql.replaceAll(QUOTED, ' ').match(/(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])/g) ?? [];
  return { texts: [...new Set(texts)], numbers: [...new Set(numbers.map(Number))] };
}

/** The columns that a condition reads. A generated column is replaced by the columns that it depends on. */
export function columnsIn(sql: string, table: Table): readonly Column[] {
  const quoted = [...sql.matchAll(QUOTED)].map(([, , name]) => name?.replaceAll('""', '"'));
  const plain =
    sql
      .replaceAll(QUOTED, ' ')
      .toLowerCase()
      .match(/[a-z_][\w$]*/g) ?? [];
  const words = new Set([...quoted, ...plain]);
  const named = table.columns.filter(({ name }) => words.has(name));
  const through = named.flatMap(({ generatedSql }) =>
    generatedSql === undefined ? [] : columnsIn(generatedSql, table),
  );
  return [...new Set([...named, ...through])].filter(
    ({ generatedSql }) => generatedSql === undefined,
  );
}

/** The SQL of a condition followed by the SQL of its generated columns, for their literals. */
export function withGenerated(sql: string, table: Table): string {
  const through = table.columns.flatMap(({ name, generatedSql }) =>
    generatedSql !== undefined && sql.includes(name) ? [generatedSql] : [],
  );
  return [sql, ...through].join(' ');
}
