import type { ForeignKey } from '../model/foreign-key.ts';
import type { Table } from '../model/table.ts';

/** The order of inserts, and the foreign keys that cannot be set in that order. */
export interface InsertOrder {
  readonly tables: readonly Table[];
  /** Foreign keys by table id whose target is inserted later, so they are NULL at first. */
  readonly open: ReadonlyMap<string, readonly ForeignKey[]>;
  /** Foreign keys by table id that form a cycle that cannot be broken. */
  readonly stuck: ReadonlyMap<string, readonly ForeignKey[]>;
}

/**
 * Orders tables so that each one follows the tables that it references. A cycle is broken
 * at a nullable foreign key, or else at a deferrable one.
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

/** A foreign key with one NULL column is not checked, except with MATCH FULL. */
function canBeNull({ columns }: Table, key: ForeignKey): boolean {
  const nullable = columns.filter(({ name, notNull }) => key.columns.includes(name) && !notNull);
  return key.matchFull ? nullable.length === key.columns.length : nullable.length > 0;
}

/** The other tables that must have rows before this table can, in insert order. */
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
