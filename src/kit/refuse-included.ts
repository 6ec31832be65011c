import { getTableName, type Column, type Table } from 'drizzle-orm';
import { ProblemError } from '../report/problem.ts';
import { objectOf } from './object-of.ts';

/** Index methods that support INCLUDE. */
const METHODS: ReadonlySet<string> = new Set(['btree', 'gist', 'spgist']);

interface Covering {
  readonly included: readonly Column[];
  readonly keys: readonly Pick<Column, 'name'>[];
  readonly method: string;
}

/** Refuses columns that Postgres refuses to include, or that the index has already. */
export function refuseIncluded(table: Table, { included, keys, method }: Covering): void {
  const names = new Set(keys.map(({ name }) => name));
  for (const [at, column] of included.entries()) {
    if (column.table !== table) throw wrong(column, 'belongs to another table');
    if (names.has(column.name)) throw wrong(column, 'is a key of the index already');
    if (included.findIndex(({ name }) => name === column.name) !== at) {
      throw wrong(column, 'is included twice');
    }
  }
  const [first] = included;
  if (first && METHODS.has(method)) return;
  throw new ProblemError({
    code: 'kit/wrong-index',
    message: first
      ? `an index with the method ${method} cannot include columns.`
      : 'including() has no columns to include.',
    object: first ? objectOf(first) : getTableName(table),
    fix: first ? 'use a btree index.' : 'name the columns, or use the index alone.',
  });
}

const wrong = (column: Column, why: string): ProblemError =>
  new ProblemError({
    code: 'kit/wrong-index',
    message: `the included column "${column.name}" ${why}.`,
    object: objectOf(column),
    fix: 'include only other columns of the table, each once.',
  });
