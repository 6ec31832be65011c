import { causesOf } from '../report/causes-of.ts';

/** An error that Postgres reported. */
export interface DatabaseError {
  /** SQLSTATE. */
  readonly code: string;
  readonly message: string;
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  /** The violated constraint. */
  readonly constraint: string | undefined;
  /** Position in the statement, in characters from 1. */
  readonly position: number | undefined;
}

/** Reads the fields of a server error; `undefined` for any other error. */
export function readDatabaseError(error: unknown): DatabaseError | undefined {
  // `severity` distinguishes server errors from Node errors, whose codes (EPIPE) look similar.
  if (!(error instanceof Error) || !('severity' in error)) return undefined;
  const field = (name: string): string | undefined => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const code = field('code');
  if (code === undefined) return undefined;
  const position = Number(field('position'));
  return {
    code,
    message: error.message,
    detail: field('detail'),
    hint: field('hint'),
    // postgres.js uses another property name than pg and PGlite.
    constraint: field('constraint') ?? field('constraint_name'),
    position: Number.isInteger(position) && position > 0 ? position : undefined,
  };
}

/** The server error among the causes of an error: Drizzle wraps those of its drivers. */
export function databaseErrorIn(error: unknown): DatabaseError | undefined {
  for (const one of causesOf(error)) {
    const found = readDatabaseError(one);
    if (found) return found;
  }
  return undefined;
}
