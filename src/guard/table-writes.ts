/** A row or part of a row, by the writer's column names. */
export type Values = Readonly<Record<string, unknown>>;

/** The four writes of a table, as on Zero's `tx.mutate.<table>`. */
export interface TableWrites {
  insert(row: Values): Promise<void>;
  upsert(row: Values): Promise<void>;
  update(row: Values): Promise<void>;
  delete(row: Values): Promise<void>;
}

/**
 * The writes of many tables, each created on first use. They run sequentially even if they
 * are started together, because the checks before a write must still be valid when it runs.
 */
export function sequentialWrites(
  tables: readonly string[],
  make: (table: string) => TableWrites,
): Record<string, TableWrites> {
  let last: Promise<void> = Promise.resolve();
  const inTurn = (run: () => Promise<void>): Promise<void> => (last = last.then(run, run));
  return Object.fromEntries(
    tables.map((table) => {
      let made: TableWrites | undefined;
      const own = (): TableWrites => (made ??= make(table));
      return [
        table,
        {
          insert: (row) => inTurn(() => own().insert(row)),
          upsert: (row) => inTurn(() => own().upsert(row)),
          update: (row) => inTurn(() => own().update(row)),
          delete: (row) => inTurn(() => own().delete(row)),
        },
      ];
    }),
  );
}
