/** Where a seed goes: a server over the wire, or Postgres in this process. */
export interface SeedDatabase {
  /** For messages. */
  readonly place: string;
  rows<Row>(text: string, parameters?: readonly string[]): Promise<readonly Row[]>;
  /** All of it, or nothing. */
  transaction(work: (tx: SeedTransaction) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export interface SeedTransaction {
  rows<Row>(text: string, parameters?: readonly string[]): Promise<readonly Row[]>;
  /** `table (columns)` from slices of COPY's binary format. */
  copy(target: string, slices: Iterable<Buffer>): Promise<void>;
}
