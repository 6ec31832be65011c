import { getTableName, type Column, type Table } from 'drizzle-orm';
import { ProblemError } from '../report/problem.ts';
import { objectOf } from './object-of.ts';

/** Postgres cuts longer names off without an error, and two cut names can be the same. */
const MAX_NAME_BYTES = 63;

/** The names that the house gives to what stands beside the columns. */
type Kind = 'check' | 'idx' | 'fk' | 'unique';

/** What a column name needs to know: an ordinary column, or one of a table's extra config. */
export type NamedColumn = Pick<Column, 'name' | 'table'>;

/**
 * `{table}_{columns}_check`, `{table}_{columns}_unique`, `idx_{table}_{columns}`,
 * `fk_{table}_{column}_{target}`.
 */
export function houseName(kind: Kind, columns: readonly NamedColumn[], target?: Table): string {
  const [first] = columns;
  if (!first) throw new TypeError('a name needs at least one column');
  const table = getTableName(first.table);
  const parts = [table, ...columns.map((column) => snakeCase(column.name))];
  if (target) parts.push(getTableName(target));
  const joined = parts.join('_');
  const name = kind === 'idx' || kind === 'fk' ? `${kind}_${joined}` : `${joined}_${kind}`;
  if (new TextEncoder().encode(name).length > MAX_NAME_BYTES) {
    throw new ProblemError({
      code: 'kit/name-too-long',
      message: `the name "${name}" is longer than the ${MAX_NAME_BYTES} bytes that Postgres keeps.`,
      object: objectOf({ table: first.table, name: snakeCase(first.name) }),
      fix: 'give a shorter one with the option `name`.',
    });
  }
  return name;
}

/** A column without a name of its own still has its TypeScript key as one here. */
function snakeCase(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
