import type { ForeignKey } from '../../model/foreign-key.ts';
import type { Table } from '../../model/table.ts';

/** Tables in an order in which each can be created, with the keys that have to wait. */
export interface OrderedTables {
  readonly tables: readonly OrderedTable[];
  /** Foreign keys of tables that reference each other. */
  readonly late: readonly LateKey[];
}

interface OrderedTable {
  readonly table: Table;
  /** The foreign keys whose tables exist when this one is created. */
  readonly foreignKeys: readonly ForeignKey[];
}

export interface LateKey {
  readonly table: Table;
  readonly key: ForeignKey;
}

/** Orders tables so that each follows the tables that it references, as far as possible. */
export function orderTables(tables: readonly Table[]): OrderedTables {
  const waiting = new Map(tables.map((table) => [table.id, table]));
  const ordered: OrderedTable[] = [];
  const late: LateKey[] = [];
  const create = (table: Table): void => {
    waiting.delete(table.id);
    // A table outside the schema, such as auth.users, is expected to exist.
    const isLate = ({ references }: ForeignKey): boolean => waiting.has(references.table);
    const { foreignKeys } = table;
    ordered.push({ table, foreignKeys: foreignKeys.filter((key) => !isLate(key)) });
    late.push(...foreignKeys.filter(isLate).map((key) => ({ table, key })));
  };
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ id, foreignKeys }) =>
      foreignKeys.every(
        ({ references }) => references.table === id || !waiting.has(references.table),
      ),
    );
    // In a cycle, the table that waits for the fewest others is first.
    for (const table of ready.length > 0 ? ready : [leastBound(waiting)]) create(table);
  }
  return { tables: ordered, late };
}

function leastBound(waiting: ReadonlyMap<string, Table>): Table {
  const bounds = ({ id, foreignKeys }: Table): number =>
    foreignKeys.filter(({ references: { table } }) => table !== id && waiting.has(table)).length;
  return [...waiting.values()].reduce((best, table) =>
    bounds(table) < bounds(best) ? table : best,
  );
}
