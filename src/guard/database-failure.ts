import { causesOf } from '../report/causes-of.ts';

/** A failure reported by Postgres or by the connection to it. */
export interface DatabaseFailure {
  /** SQLSTATE, or the driver's own code for a connection. */
  readonly code: string;
  readonly constraint: string | undefined;
  /**
   * The function in the Postgres source that raised the error; unlike the message, it is
   * never translated.
   */
  readonly routine: string | undefined;
}

/** Finds the database error among the causes of an error. */
export function databaseFailure(error: unknown): DatabaseFailure | undefined {
  for (const one of causesOf(error)) {
    const text = (name: string): string | undefined => {
      const value: unknown = Reflect.get(one, name);
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const code = text('code');
    // The only sign from pg that its connection was closed.
    if (!code && one.message.startsWith('Connection terminated')) {
      return { code: 'CONNECTION_TERMINATED', constraint: undefined, routine: undefined };
    }
    if (code) {
      // postgres.js uses another property name than pg and PGlite.
      const constraint = text('constraint') ?? text('constraint_name');
      return { code, constraint, routine: text('routine') };
    }
  }
  return undefined;
}

/**
 * A WITH CHECK clause of a policy refused a new row. A missing grant has the same SQLSTATE.
 */
export const isPolicyRefusal = ({ code, routine }: DatabaseFailure): boolean =>
  code === '42501' && routine === 'ExecWithCheckOptions';

/**
 * A transient failure: the same transaction may succeed when it is retried. This includes a
 * statement that was prepared before a migration, because it is prepared again.
 */
export const isConflict = ({ code, routine }: DatabaseFailure): boolean =>
  code === '40001' || code === '40P01' || (code === '0A000' && routine === 'RevalidateCachedQuery');

/** The database is unreachable or shutting down. */
export const isOutage = ({ code }: DatabaseFailure): boolean =>
  /^(?:08...|57P0[1-5]|53[0-9A-Z]{3}|E[A-Z]{4,}|CONNECT.*)$/.test(code);
