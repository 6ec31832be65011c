import type { AnyDatabase } from '../postgres/any-database.ts';
import { batch, single, type AnyRow, type Batch } from './input.ts';
import { listRows, type AnyListOptions } from './list-rows.ts';
import { readRows } from './read-rows.ts';
import type { ServiceOperation } from '../report/service-failure.ts';
import type { Attempted } from './to-service-error.ts';
import { insertRows, removeRows, updateRows, type ServedTable } from './write-rows.ts';

/** Runs the statements of an operation as the principal, and throws its typed errors. */
export type Attempt = <Result>(
  attempted: Attempted,
  work: (tx: AnyDatabase) => Promise<Result>,
) => Promise<Result>;

type Options = { readonly columns?: readonly string[] };
type Rows = Promise<readonly AnyRow[]>;

/** The operations of a table. The interface TableService has their types. */
export function tableService(served: ServedTable, attempt: Attempt): object {
  const { info } = served;
  const about = (operation: ServiceOperation): Attempted => ({ table: info.name, operation });
  // Async functions, so that an invalid input also rejects instead of throwing. Each waits for the
  // validators, so that operations that start together keep their order.
  const read = async (keys: Batch, { columns }: Options = {}): Rows => {
    await served.validators();
    return attempt(about('get'), readRows(info, keys, columns));
  };
  const create = async (rows: Batch, { columns }: Options = {}): Rows => {
    const validators = await served.validators();
    return attempt(about('create'), insertRows(served, validators, rows, columns));
  };
  const update = async (changes: Batch, { columns }: Options = {}): Rows => {
    const validators = await served.validators();
    const { work, immutable } = updateRows(served, validators, changes, columns);
    return attempt({ ...about('update'), immutable }, work);
  };
  const remove = async (keys: Batch, { columns }: Options = {}): Rows => {
    await served.validators();
    return attempt(about('remove'), removeRows(info, keys, columns));
  };
  const list = async (options: AnyListOptions = {}) => {
    await served.validators();
    return attempt(about('list'), listRows(info, options));
  };
  const first = async (rows: Rows): Promise<AnyRow | undefined> => (await rows)[0];
  return {
    get: (key: unknown, options?: Options) => first(read(single(key), options)),
    getMany: (keys: readonly unknown[], options?: Options) => read(batch(keys), options),
    list,
    create: (row: unknown, options?: Options) => first(create(single(row), options)),
    createMany: (rows: readonly unknown[], options?: Options) => create(batch(rows), options),
    update: (key: unknown, changes: unknown, options?: Options) =>
      first(update(single({ key, changes }), options)),
    updateMany: (changes: readonly unknown[], options?: Options) => update(batch(changes), options),
    remove: (key: unknown, options?: Options) => first(remove(single(key), options)),
    removeMany: (keys: readonly unknown[], options?: Options) => remove(batch(keys), options),
  };
}
