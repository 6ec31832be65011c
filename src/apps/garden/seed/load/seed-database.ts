/** Target of a seed: a Postgres server or PGlite. */
export interface SeedDatabase {
  /** Name of the database in messages. */
  readonly place: string;
  rows<Row>(text: string, parameters?: readonly string[]): Promise<readonly Row[]>;
  /** Maximum number of concurrent transactions. Each uses its own connection. */
  readonly lanes: number;
  /** Runs work in a transaction, on the connection with the given number. */
  transaction<Result>(
    work: (tx: SeedTransaction) => Promise<Result>,
    lane?: number,
  ): Promise<Result>;
  close(): Promise<void>;
}

export interface SeedTransaction {
  rows<Row>(text: string, parameters?: readonly string[]): Promise<readonly Row[]>;
  /** Slices are in COPY's binary format. */
  copy(table: string, columns: readonly string[], slices: Iterable<Buffer>): Promise<void>;
}
