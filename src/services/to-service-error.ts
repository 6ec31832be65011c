import { databaseErrorIn, type DatabaseError } from '../postgres/database-error.ts';
import { ProblemError } from '../report/problem.ts';
import type { ServiceFailure, ServiceOperation } from '../report/service-failure.ts';
import { ServiceError } from './service-error.ts';

/** The operation that failed. */
export interface Attempted {
  readonly table: string;
  readonly operation: ServiceOperation;
  /** Columns of the change that no update may change. */
  readonly immutable?: readonly string[];
}

/** The error to throw: typed if the database refused, and otherwise unchanged. */
export function serviceError(error: unknown, attempted: Attempted): unknown {
  if (error instanceof ServiceError) return error;
  const { table } = attempted;
  if (error instanceof ProblemError && error.problem.code === 'queries/cursor') {
    const issues = [{ path: ['cursor'], message: 'does not belong to these pages' }];
    return new ServiceError({ code: 'invalid', table, issues }, { cause: error });
  }
  const found = databaseErrorIn(error);
  if (!found) return error;
  if (NOT_MIGRATED.has(found.code)) return notMigrated(table, error);
  const failure = failureOf(found, attempted);
  return failure ? new ServiceError(failure, { cause: error }) : error;
}

/** Undefined table, column, schema or function. */
const NOT_MIGRATED: ReadonlySet<string> = new Set(['42P01', '42703', '3F000', '42883']);

function failureOf(
  { code, constraint = 'of the table' }: DatabaseError,
  { table, operation, immutable = [] }: Attempted,
): ServiceFailure | undefined {
  switch (code) {
    // A policy, a missing grant, or the trigger of an append-only table.
    case '42501':
      return {
        code: 'denied',
        table,
        operation,
        ...(immutable.length > 0 && { immutable }),
      };
    case '23001':
    case '23503':
    case '23505':
    case '23P01':
      return { code: 'conflict', table, constraint };
    case '23502':
    case '23514':
    case '44000': {
      const issue = { path: [], message: `the constraint ${constraint} is violated` };
      return { code: 'invalid', table, issues: [issue] };
    }
    default:
      return code.startsWith('22')
        ? {
            code: 'invalid',
            table,
            issues: [{ path: [], message: 'a value does not fit its column' }],
          }
        : undefined;
  }
}

const notMigrated = (table: string, cause: unknown): ProblemError =>
  new ProblemError(
    {
      code: 'services/not-migrated',
      message: `the database does not have ${table} as it is defined.`,
      fix: 'run the migrations: npx garden migrate.',
    },
    { cause },
  );
