import { aboutTable } from '../../model/about.ts';
import type { Column } from '../../model/column.ts';
import type { Table } from '../../model/table.ts';
import { primaryKeyOf, uniqueSetsOf } from '../../model/table-keys.ts';
import type { TableChoices } from '../../model/zero-choices.ts';
import type { Finding } from '../../report/problem.ts';
import { error, listed, warning } from './finding.ts';
import { keyNotSynced } from './key-not-synced.ts';
import type { ZeroColumn } from './zero-nodes.ts';

/** The key of a table, or the findings that explain why it has none. */
export interface ChosenKey {
  readonly key?: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * The columns of the key in Zero. zero-cache supports a primary key, or a unique index over
 * NOT NULL columns.
 */
export function chooseKey(
  table: Table,
  synced: ReadonlyMap<string, ZeroColumn>,
  choice: TableChoices | undefined,
): ChosenKey {
  const columns = new Map(table.columns.map((column) => [column.key, column]));
  const unfit = (key: readonly string[]): readonly string[] =>
    key.filter((name) => !isFit(synced.get(name)));
  const isNotNull = (key: readonly string[]): boolean =>
    key.every((name) => columns.get(name)?.notNull === true);
  const primaryKey = primaryKeyOf(table);
  const uniques = uniqueSetsOf(table)
    .filter((key) => key.length > 0 && isNotNull(key) && unfit(key).length === 0)
    .toSorted(byLengthAndPlace(table.columns));

  const refuse = (left: readonly string[], unique?: readonly string[]): ChosenKey => ({
    findings: [keyNotSynced({ table, columns: left, synced, choice, unique })],
  });

  if (choice?.key) {
    const known = choice.key.every((name) => columns.has(name));
    // Already reported as an unknown name.
    if (!known) return { findings: [] };
    const left = unfit(choice.key);
    if (left.length > 0) return refuse(left);
    return check(table, choice.key, [primaryKey, ...uniques]);
  }
  if (primaryKey.length > 0) {
    const left = unfit(primaryKey);
    if (left.length === 0) return { key: primaryKey, findings: [] };
    return refuse(left, uniques[0]);
  }
  // A key column is one of two columns with the same name, which is reported elsewhere.
  if (table.primaryKey !== undefined) return { findings: [] };
  const [unique] = uniques;
  if (!unique) return { findings: [noKey(table)] };
  return {
    key: unique,
    findings: [
      warning({
        code: 'zero/key-chosen',
        message: `${table.exportName} has no primary key; Zero uses ${listed(unique)} as the key, because it is unique.`,
        ...aboutTable(table),
        fix: `add a primary key, or set zero.tables.${table.exportName}.key: [${unique.map((name) => `'${name}'`).join(', ')}].`,
      }),
    ],
  };
}

/** Zero compares keys, and cannot compare JSON. */
const isFit = (column: ZeroColumn | undefined): boolean =>
  column !== undefined && column.type !== 'json';

function check(
  table: Table,
  chosen: readonly string[],
  keys: readonly (readonly string[])[],
): ChosenKey {
  if (keys.some((key) => sameSet(key, chosen))) return { key: chosen, findings: [] };
  return {
    findings: [
      error({
        code: 'zero/key-not-unique',
        message: `${listed(chosen)} of ${table.exportName} cannot be its key. zero-cache requires a primary key, or a unique constraint over NOT NULL columns. The table is left out.`,
        ...aboutTable(table),
        settings: [['zero', 'tables', table.exportName, 'key']],
        fix: 'name such columns, or add the constraint.',
      }),
    ],
  };
}

export const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name) => other.includes(name));

function noKey(table: Table): Finding {
  return error({
    code: 'zero/no-key',
    message: `${table.exportName} has neither a primary key nor a unique constraint over synced NOT NULL columns. The table is left out.`,
    ...aboutTable(table),
    fix: `add one, or set zero.tables.${table.exportName}: false.`,
  });
}

/**
 * Fewest columns first, then those declared first; the order of the constraints does not
 * matter.
 */
function byLengthAndPlace(columns: readonly Column[]) {
  const place = new Map(columns.map(({ key }, at) => [key, at]));
  const places = (key: readonly string[]): readonly number[] =>
    key.map((name) => place.get(name) ?? 0).toSorted((a, b) => a - b);
  return (one: readonly string[], other: readonly string[]): number => {
    if (one.length !== other.length) return one.length - other.length;
    const [left, right] = [places(one), places(other)];
    const at = left.findIndex((value, index) => value !== right[index]);
    return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
  };
}
