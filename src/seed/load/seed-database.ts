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
  /** `table (columns)` from lines in COPY's text format. Gives the number of rows. */
  copy(target: string, lines: Iterable<string>): Promise<number>;
}

/** What goes over the wire at once: enough that the server never waits, little to hold. */
const SLICE = 65_536;

/** Lines in pieces of a good size for the wire. `count` is told of every line. */
export function* slices(lines: Iterable<string>, count: () => void): Generator<string> {
  let slice = '';
  for (const line of lines) {
    slice += line;
    count();
    if (slice.length >= SLICE) {
      yield slice;
      slice = '';
    }
  }
  if (slice !== '') yield slice;
}
