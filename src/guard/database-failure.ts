import { causesOf } from '../report/causes-of.ts';

/** What Postgres or the way to it says about a failure. */
export interface DatabaseFailure {
  /** SQLSTATE, or the driver's own code for a connection. */
  readonly code: string;
  readonly constraint: string | undefined;
  /** Where in Postgres' own code it was raised; unlike the message, never translated. */
  readonly routine: string | undefined;
}

/** Finds the database's own words in an error, however often it was wrapped. */
export function databaseFailure(error: unknown): DatabaseFailure | undefined {
  for (const one of causesOf(error)) {
    const text = (name: string): string | undefined => {
      const value: unknown = Reflect.get(one, name);
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const code = text('code');
    // pg says only this when its connection is cut.
    if (!code && one.message.startsWith('Connection terminated')) {
      return { code: 'CONNECTION_TERMINATED', constraint: undefined, routine: undefined };
    }
    if (code) {
      // postgres.js has another name for it than pg and PGlite.
      const constraint = text('constraint') ?? text('constraint_name');
      return { code, constraint, routine: text('routine') };
    }
  }
  return undefined;
}

/** A policy's WITH CHECK refused a new row. A missing grant has the same SQLSTATE. */
export const isPolicyRefusal = ({ code, routine }: DatabaseFailure): boolean =>
  code === '42501' && routine === 'ExecWithCheckOptions';

/**
 * A failure of the moment: the same transaction may succeed when it runs again. So does
 * one that met a statement prepared before a migration: it is prepared anew.
 */
export const isConflict = ({ code, routine }: DatabaseFailure): boolean =>
  code === '40001' || code === '40P01' || (code === '0A000' && routine === 'RevalidateCachedQuery');

/** The database is out of reach, or is about to stop. */
export const isOutage = ({ code }: DatabaseFailure): boolean =>
  /^(?:08...|57P0[1-5]|53[0-9A-Z]{3}|E[A-Z]{4,}|CONNECT.*)$/.test(code);
