/** Where a seed goes: a server over the wire, or Postgres in this process. */
export interface SeedDatabase {
  /** For messages. */
  readonly place: string;
  rows<Row>(text: string, parameters?: readonly string[]): Promise<readonly Row[]>;
  /** How many transactions can run at once, each in a lane of its own. */
  readonly lanes: number;
  /** All of it, or nothing. */
  transaction<Result>(
    work: (tx: SeedTransaction) => Promise<Result>,
    lane?: number,
  ): Promise<Result>;
  close(): Promise<void>;
}

export interface SeedTransaction {
  rows<Row>(text: string, parameters?: readonly string[]): Promise<readonly Row[]>;
  /** From slices of COPY's binary format. */
  copy(table: string, columns: readonly string[], slices: Iterable<Buffer>): Promise<void>;
}
