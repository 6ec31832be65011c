import { getTableName, type Column, type Table } from 'drizzle-orm';
import { ProblemError } from '../report/problem.ts';
import { objectOf } from './object-of.ts';

/** Postgres truncates longer names without an error, and two truncated names can be equal. */
const MAX_NAME_BYTES = 63;

/** Kinds of constraints and indexes that have a default name. */
type Kind = 'check' | 'idx' | 'fk' | 'unique';

/** The part of a column that its name needs; extra config columns have it too. */
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
      message: `the name "${name}" is longer than ${MAX_NAME_BYTES} bytes, the maximum of Postgres.`,
      object: objectOf({ table: first.table, name: snakeCase(first.name) }),
      fix: 'set a shorter name with the option `name`.',
    });
  }
  return name;
}

/** At this point a column without an explicit name has its TypeScript key as its name. */
function snakeCase(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
