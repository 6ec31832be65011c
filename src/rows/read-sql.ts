import type { Column } from '../model/column.ts';
import type { Table } from '../model/table.ts';

/** A text or a quoted name: whichever begins first. */
const QUOTED = /'((?:[^']|'')*)'|"((?:[^"]|"")*)"/g;

/** What a condition compares with, as it is written. */
export interface SqlLiterals {
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
}

/** The literals in SQL: often the very values at which a condition turns. */
export function literalsIn(sql: string): SqlLiterals {
  const texts = [...sql.matchAll(QUOTED)].flatMap(([, text]) => text?.replaceAll("''", "'") ?? []);
  const numbers = sql.replaceAll(QUOTED, ' ').match(/(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])/g) ?? [];
  return { texts: [...new Set(texts)], numbers: [...new Set(numbers.map(Number))] };
}

/** The columns that a condition is about. Through a generated column it is about others. */
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

/** The SQL of a condition with that of the generated columns in it, for its literals. */
export function withGenerated(sql: string, table: Table): string {
  const through = table.columns.flatMap(({ name, generatedSql }) =>
    generatedSql !== undefined && sql.includes(name) ? [generatedSql] : [],
  );
  return [sql, ...through].join(' ');
}
