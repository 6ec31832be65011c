import type { Blocker } from './blocker.ts';

/** Runs SQL on one connection. */
export interface Executor {
  /** Simple protocol: the text may hold several commands, and a failure is that text's. */
  run(sql: string): Promise<void>;
  rows<Row>(sql: string, parameters?: readonly string[]): Promise<readonly Row[]>;
}

/** What migrating needs of a database; Postgres and PGlite differ only below this line. */
export interface Session extends Executor {
  /** Which database, as messages show it: never with a password. */
  readonly place: string;
  /** Commits what `work` did, or rolls it back if that throws. */
  transaction<Result>(work: (tx: Executor) => Promise<Result>): Promise<Result>;
  /** Who holds a lock that this session's running statement waits for. */
  blockers(): Promise<readonly Blocker[]>;
  close(): Promise<void>;
}
