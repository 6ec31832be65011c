/** A live database, for checks that write nothing. */
export interface Patient {
  /** Runs a statement in a read-only transaction of its own, after the settings. */
  query<Row>(sql: string, settings?: string): Promise<readonly Row[]>;
  /** Whether it is PGlite, which has one session and no processes. */
  readonly embedded: boolean;
}
