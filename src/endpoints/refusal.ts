// A namespace import, so that a version without InputValidationError loads and can be
// refused.
import * as zero from '@rocicorp/zero';
import { ApplicationError, type ReadonlyJSONObject } from '@rocicorp/zero';
import { AccessDenied } from '../guard/access-denied.ts';
import { databaseFailure } from '../guard/database-failure.ts';

/** The error for the client, and whether the server must log the original error. */
export interface ClientRefusal {
  readonly clientError: ApplicationError<ReadonlyJSONObject>;
  /** Whether this is a server failure rather than an expected refusal. */
  readonly unexpected: boolean;
}

/**
 * Converts any error of a query or mutator to an error for the client: a code and a
 * sentence, without SQL, rows or data of other users.
 */
export function refusal(error: unknown): ClientRefusal {
  if (error instanceof ApplicationError) return { clientError: error, unexpected: false };
  if (error instanceof AccessDenied) {
    const { table, operation, rule, column } = error;
    const details = { code: 'access/denied', table, operation, rule };
    return expected(
      `denied: ${table}.${operation}, by ${column === undefined ? `the rule ${rule}` : `${rule} ${column}`}.`,
      column === undefined ? details : { ...details, column },
    );
  }
  if (error instanceof zero.InputValidationError) {
    return expected(error.message, { code: 'sync/arguments' });
  }
  return ofDatabase(error) ?? { clientError: failed(), unexpected: true };
}

function ofDatabase(error: unknown): ClientRefusal | undefined {
  const failure = databaseFailure(error);
  if (!failure) return undefined;
  const { code, constraint } = failure;
  if (code === '42501') {
    // The guard should have refused earlier: its rules and the policies may differ.
    const clientError = new ApplicationError('denied: by the database.', {
      details: { code: 'access/denied' },
    });
    return { clientError, unexpected: true };
  }
  if (code.startsWith('23')) {
    return expected(
      `refused: ${constraint === undefined ? 'a constraint' : `the constraint ${constraint}`} is violated.`,
      {
        code: 'sync/constraint',
        ...(constraint === undefined ? {} : { constraint }),
      },
    );
  }
  if (code.startsWith('22')) {
    return expected('refused: a value is invalid in the database.', {
      code: 'sync/value',
    });
  }
  return undefined;
}

const expected = (message: string, details: ReadonlyJSONObject): ClientRefusal => ({
  clientError: new ApplicationError(message, { details }),
  unexpected: false,
});

const failed = (): ApplicationError<ReadonlyJSONObject> =>
  new ApplicationError('the server failed.', { details: { code: 'sync/failed' } });
