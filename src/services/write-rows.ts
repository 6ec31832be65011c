import type { AnyDatabase } from '../postgres/any-database.ts';
import {
  checkBatch,
  only,
  parse,
  selected,
  type AnyRow,
  type Batch,
  type Fields,
  type Schema,
} from './input.ts';
import { insertable } from './insertable.ts';
import { rowsOfKeys, unreached, type Wanted, type Work } from './read-rows.ts';
import { hasKey, keyText, matchKeys, readKeys, readKeyValues, withKey } from './row-keys.ts';
import type { KeyValues } from './row-keys.ts';
import type { TableInfo } from './table-info.ts';

export interface Validators {
  readonly insert: Schema;
  readonly update: Schema;
}

/** A table, its validators, and the values that `create` adds. */
export interface ServedTable {
  readonly info: TableInfo;
  validators(): Promise<Validators>;
  readonly defaults: Readonly<Record<string, () => unknown>>;
}

/** Parameters of a statement; Postgres accepts 65,535. */
const PARAMETERS = 65_000;
const MOST_ROWS = 1_000_000;

/** Inserts rows, in as few statements as their parameters allow. */
export function insertRows(
  served: ServedTable,
  { insert: schema }: Validators,
  batch: Batch,
  columns: Wanted,
): Work {
  const { info } = served;
  checkBatch(info, batch, MOST_ROWS);
  const rows = batch.inputs.map((row, at) =>
    parse(info, schema, filled(served, row), batch.path(at)),
  );
  const fields = selected(info, columns);
  const size = Math.max(1, Math.floor(PARAMETERS / Object.keys(info.columns).length));
  return async (tx) => {
    const created: AnyRow[] = [];
    for (let at = 0; at < rows.length; at += size) {
      created.push(...(await insert(tx, info, rows.slice(at, at + size), fields)));
    }
    return created;
  };
}

/** RETURNING requires that the principal may read the row, so it is left out if possible. */
async function insert(
  tx: AnyDatabase,
  info: TableInfo,
  rows: readonly AnyRow[],
  fields: Fields,
): Promise<readonly AnyRow[]> {
  // Drizzle types the rows of each table; this code is generic.
  const query = tx.insert(insertable(info, rows)).values(rows as never);
  if (Object.keys(fields).length > 0) return query.returning(fields);
  await query;
  return rows.map(() => ({}));
}

function filled({ info, defaults }: ServedTable, row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  const given = Object.entries(row).filter(([, value]) => value !== undefined);
  const names = new Set(given.map(([name]) => name));
  const added = Object.entries(defaults)
    .filter(([name]) => Object.hasOwn(info.columns, name) && !names.has(name))
    .map(([name, make]): [string, unknown] => [name, make()]);
  return Object.fromEntries([...added, ...given]);
}

interface Change {
  readonly key: KeyValues;
  readonly values: AnyRow;
}

/** Changes rows one by one, in the order of their keys, so that two batches cannot deadlock. */
export function updateRows(
  { info }: ServedTable,
  { update: schema }: Validators,
  batch: Batch,
  columns: Wanted,
): { readonly work: Work; readonly immutable: readonly string[] } {
  checkBatch(info, batch);
  const changes = batch.inputs.map((input, at): Change => {
    const { key, changes: values } = Object(input) as Readonly<Record<string, unknown>>;
    const path = batch.path(at);
    const valid = parse(info, schema, values, path);
    const set = Object.entries(valid).filter(([, value]) => value !== undefined);
    return { key: readKeyValues(info, key, path), values: Object.fromEntries(set) };
  });
  const fields = selected(info, columns);
  const immutable = info.immutable.filter((name) =>
    changes.some(({ values }) => Object.hasOwn(values, name)),
  );
  const byKey = changes
    .map((change, at) => ({ change, at, text: keyText(info, change.key) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
  const work: Work = async (tx) => {
    const rows: AnyRow[] = [];
    for (const { change, at } of byKey) rows[at] = await update(tx, info, change, fields);
    return rows;
  };
  return { work, immutable };
}

async function update(
  tx: AnyDatabase,
  info: TableInfo,
  { key, values }: Change,
  fields: Fields,
): Promise<AnyRow> {
  const returned = withKey(info, fields);
  const isEmpty = Object.keys(values).length === 0;
  const [row] = isEmpty
    ? await rowsOfKeys(tx, info, [key], returned)
    : await tx
        .update(info.table)
        .set(values)
        .where(hasKey(info, [key]))
        .returning(returned);
  if (!row) throw await unreached(tx, info, [key], 'update');
  return only(row, fields);
}

/** Deletes rows in one statement. */
export function removeRows(info: TableInfo, batch: Batch, columns: Wanted): Work {
  checkBatch(info, batch);
  const keys = readKeys(info, batch);
  const fields = selected(info, columns);
  return async (tx) => {
    if (keys.length === 0) return [];
    const rows: readonly AnyRow[] = await tx
      .delete(info.table)
      .where(hasKey(info, keys))
      .returning(withKey(info, fields));
    const { found, lost } = matchKeys(info, keys, rows, fields);
    if (lost.length > 0) throw await unreached(tx, info, lost, 'remove');
    return found;
  };
}
