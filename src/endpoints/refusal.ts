// By its namespace, so that a version without InputValidationError loads and is refused.
import * as zero from '@rocicorp/zero';
import { ApplicationError, type ReadonlyJSONObject } from '@rocicorp/zero';
import { AccessDenied } from '../guard/access-denied.ts';
import { databaseFailure } from '../guard/database-failure.ts';

/** What a client is told, and whether the server's log should hear of it. */
export interface ToldRefusal {
  readonly told: ApplicationError<ReadonlyJSONObject>;
  /** It was not meant to happen. */
  readonly unexpected: boolean;
}

/**
 * Turns whatever a query or mutator threw into what may leave the server: a code and
 * a sentence, and nothing of SQL, rows or other people.
 */
export function refusal(error: unknown): ToldRefusal {
  if (error instanceof ApplicationError) return { told: error, unexpected: false };
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
  return ofDatabase(error) ?? { told: failed(), unexpected: true };
}

function ofDatabase(error: unknown): ToldRefusal | undefined {
  const failure = databaseFailure(error);
  if (!failure) return undefined;
  const { code, constraint } = failure;
  if (code === '42501') {
    // The guard should have said so before: its rules and the policies may differ.
    const told = new ApplicationError('denied: by the database.', {
      details: { code: 'access/denied' },
    });
    return { told, unexpected: true };
  }
  if (code.startsWith('23')) {
    return expected(`refused: ${constraint ?? 'a constraint'} does not hold.`, {
      code: 'sync/constraint',
      ...(constraint === undefined ? {} : { constraint }),
    });
  }
  if (code.startsWith('22')) {
    return expected('refused: the database cannot hold one of the values.', {
      code: 'sync/value',
    });
  }
  return undefined;
}

const expected = (message: string, details: ReadonlyJSONObject): ToldRefusal => ({
  told: new ApplicationError(message, { details }),
  unexpected: false,
});

const failed = (): ApplicationError<ReadonlyJSONObject> =>
  new ApplicationError('the server failed.', { details: { code: 'sync/failed' } });
