import { connectionProblem } from '../../postgres/connection-problem.ts';
import { readDatabaseError } from '../../postgres/database-error.ts';
import { causesOf } from '../../report/causes-of.ts';
import { ProblemError } from '../../report/problem.ts';
import type { EncryptedColumn } from './encrypted-columns.ts';

/**
 * The error to throw if an UPDATE of a rotation fails. Drizzle's own error contains all parameters.
 * Failures of the connection are returned unchanged.
 */
export function refusedUpdate(error: unknown, { table, name }: EncryptedColumn): unknown {
  for (const one of causesOf(error)) {
    if (connectionProblem(one, '') !== undefined) return error;
    const said = readDatabaseError(one);
    if (said === undefined) continue;
    return new ProblemError(
      {
        code: 'secrets/update-refused',
        message: `Postgres refused to update ${table}.${name}: ${said.message}.`,
        fix: 'look for the trigger or constraint that refuses it; finished batches are kept, so run it again then.',
      },
      { cause: error },
    );
  }
  return error;
}
