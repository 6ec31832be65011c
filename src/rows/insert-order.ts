import type { ForeignKey } from '../model/foreign-key.ts';
import type { Table } from '../model/table.ts';

/** The order in which rows go in, and which foreign keys wait until then. */
export interface InsertOrder {
  readonly tables: readonly Table[];
  /** By table id: foreign keys whose target comes later, and whose columns are NULL at first. */
  readonly open: ReadonlyMap<string, readonly ForeignKey[]>;
  /** By table id: foreign keys of a cycle that has no place to begin. */
  readonly stuck: ReadonlyMap<string, readonly ForeignKey[]>;
}

/**
 * Orders tables so that each comes after those that it points at. A cycle begins at a
 * foreign key that may be NULL, or else at one that Postgres can check later.
 */
export function insertOrder(tables: readonly Table[]): InsertOrder {
  const ids = new Set(tables.map(({ id }) => id));
  const left = [...tables];
  const order: Table[] = [];
  const placed = new Set<string>();
  const open = new Map<string, readonly ForeignKey[]>();
  const stuck = new Map<string, readonly ForeignKey[]>();
  const waiting = (table: Table): readonly ForeignKey[] =>
    table.foreignKeys.filter(({ references: { table: target } }) => {
      return target !== table.id && ids.has(target) && !placed.has(target);
    });
  while (left.length > 0) {
    const next =
      left.find((table) => waiting(table).length === 0) ??
      left.find((table) => waiting(table).every((key) => canBeNull(table, key))) ??
      left.find((table) =>
        waiting(table).every((key) => canBeNull(table, key) || key.deferrable !== undefined),
      ) ??
      (left[0] as Table);
    const keys = waiting(next);
    const free = keys.filter((key) => canBeNull(next, key));
    if (free.length > 0) open.set(next.id, free);
    const closed = keys.filter((key) => !free.includes(key) && key.deferrable === undefined);
    if (closed.length > 0) stuck.set(next.id, closed);
    placed.add(next.id);
    order.push(next);
    left.splice(left.indexOf(next), 1);
  }
  return { tables: order, open, stuck };
}

/** One column that is NULL is enough, but with MATCH FULL. */
function canBeNull({ columns }: Table, key: ForeignKey): boolean {
  const nullable = columns.filter(({ name, notNull }) => key.columns.includes(name) && !notNull);
  return key.matchFull ? nullable.length === key.columns.length : nullable.length > 0;
}

/** The tables that a row of a table needs rows of, itself left out, in the order to fill them. */
export function ancestorsOf(table: Table, { tables, open }: InsertOrder): readonly Table[] {
  const found = new Set<string>();
  const visit = (of: Table): void => {
    for (const key of of.foreignKeys) {
      const { table: target } = key.references;
      if (open.get(of.id)?.includes(key) || target === table.id || found.has(target)) continue;
      const parent = tables.find(({ id }) => id === target);
      if (!parent) continue;
      found.add(target);
      visit(parent);
    }
  };
  visit(table);
  return tables.filter(({ id }) => found.has(id));
}
