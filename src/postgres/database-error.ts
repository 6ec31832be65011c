/** What Postgres itself said about a failure; the driver and PGlite name the fields alike. */
export interface DatabaseError {
  /** SQLSTATE. */
  readonly code: string;
  readonly message: string;
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  /** Where in the text, in characters from 1. */
  readonly position: number | undefined;
}

/** Reads the fields of an error of the server's, and nothing of any other. */
export function readDatabaseError(error: unknown): DatabaseError | undefined {
  // `severity` tells the server's errors from Node's, whose codes (EPIPE) may look alike.
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
    position: Number.isInteger(position) && position > 0 ? position : undefined,
  };
}
