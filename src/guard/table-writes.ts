/** A row, or part of one, under the names that the writer uses. */
export type Values = Readonly<Record<string, unknown>>;

/** The four writes of a table, as Zero has them on `tx.mutate.<table>`. */
export interface TableWrites {
  insert(row: Values): Promise<void>;
  upsert(row: Values): Promise<void>;
  update(row: Values): Promise<void>;
  delete(row: Values): Promise<void>;
}

/**
 * The writes of many tables, of which each is made when it is first needed. They
 * run one after the other, also where they are started together: what is asked
 * before a write must still be so when it is written.
 */
export function writesInTurn(
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
