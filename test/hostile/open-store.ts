import type { ReadonlyJSONValue } from '@rocicorp/zero';
import type { HeldRow, HeldRows } from './allowed-rows.ts';

/** An inspectable store of a client's data, in place of the browser's disk. */
export interface OpenStore {
  /** For the client's `kvStore`. */
  readonly provider: { create(name: string): object; drop(name: string): Promise<void> };
  /** The whole store as text. */
  text(): string;
  /** All rows of every table, in every snapshot of the data. */
  rows(): HeldRows;
  /** Number of queries with data in the store. */
  answered(): number;
}

export function openStore(): OpenStore {
  const stores = new Map<string, Map<string, ReadonlyJSONValue>>();
  const provider = {
    create(name: string) {
      const data = stores.get(name) ?? new Map<string, ReadonlyJSONValue>();
      stores.set(name, data);
      return lockedStore(data);
    },
    drop(name: string) {
      stores.delete(name);
      return Promise.resolve();
    },
  };
  // Replicache keeps everything in a tree: a leaf is [0, [[key, value, size], …]].
  const entries = function* (): Generator<readonly [string, unknown]> {
    for (const data of stores.values()) {
      for (const [key, chunk] of data) {
        if (!/^c\/.*\/d$/.test(key) || !Array.isArray(chunk) || chunk[0] !== 0) continue;
        yield* chunk[1] as readonly (readonly [string, unknown])[];
      }
    }
  };
  return {
    provider,
    text: () => JSON.stringify([...stores].map(([name, data]) => [name, ...data])),
    rows: () => {
      const rows = new Map<string, Map<string, HeldRow>>();
      for (const [key, value] of entries()) {
        const [kind, table = ''] = key.split('/');
        if (kind !== 'e') continue;
        if (!rows.has(table)) rows.set(table, new Map());
        const row = value as HeldRow;
        rows.get(table)?.set(String(row['id']), row);
      }
      return rows;
    },
    answered: () =>
      new Set([...entries()].flatMap(([key]) => (key.startsWith('g/') ? [key] : []))).size,
  };
}

/** Serializes transactions; writes are atomic. */
function lockedStore(data: Map<string, ReadonlyJSONValue>): object {
  let last: Promise<void> = Promise.resolve();
  let closed = false;
  const begin = async (): Promise<object> => {
    const done = Promise.withResolvers<void>();
    const before = last;
    last = done.promise;
    await before;
    const pending = new Map<string, ReadonlyJSONValue | undefined>();
    const get = (key: string): ReadonlyJSONValue | undefined =>
      pending.has(key) ? pending.get(key) : data.get(key);
    let ended = false;
    return {
      has: (key: string) => Promise.resolve(get(key) !== undefined),
      get: (key: string) => Promise.resolve(get(key)),
      put: (key: string, value: ReadonlyJSONValue) => Promise.resolve(void pending.set(key, value)),
      del: (key: string) => Promise.resolve(void pending.set(key, undefined)),
      commit: () => {
        for (const [key, value] of pending) {
          if (value === undefined) data.delete(key);
          else data.set(key, value);
        }
        return Promise.resolve();
      },
      release: () => {
        ended = true;
        done.resolve();
      },
      get closed() {
        return ended;
      },
    };
  };
  return {
    read: begin,
    write: begin,
    close: () => {
      closed = true;
      return Promise.resolve();
    },
    get closed() {
      return closed;
    },
  };
}
