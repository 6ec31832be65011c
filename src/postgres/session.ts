import type { Blocker } from './blocker.ts';

/** Runs SQL on one connection. */
export interface Executor {
  /** Simple protocol: the text may contain several commands. */
  run(sql: string): Promise<void>;
  rows<Row>(sql: string, parameters?: readonly string[]): Promise<readonly Row[]>;
}

/** The database interface of migrations. Postgres and PGlite differ only in its implementations. */
export interface Session extends Executor {
  /** The database as messages show it, without a password. */
  readonly place: string;
  /** Runs `work` in a transaction; rolls back if it throws. */
  transaction<Result>(work: (tx: Executor) => Promise<Result>): Promise<Result>;
  /** Connections that hold a lock that the running statement of this session waits for. */
  blockers(): Promise<readonly Blocker[]>;
  close(): Promise<void>;
}
