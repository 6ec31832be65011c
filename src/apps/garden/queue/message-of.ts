// A namespace import, so that a version without DrizzleQueryError loads and can be refused.
import * as errors from 'drizzle-orm/errors';

/**
 * The error message in one sentence. Drizzle's message is the whole statement with its values, so
 * this takes the driver's message from `cause`. Node's message is empty if it tried several
 * addresses, so this takes the code.
 */
export function messageOf(error: unknown): string {
  const driverError = error instanceof errors.DrizzleQueryError ? (error.cause ?? error) : error;
  if (!(driverError instanceof Error)) return String(driverError);
  if (driverError.message !== '') return driverError.message;
  return 'code' in driverError && typeof driverError.code === 'string'
    ? driverError.code
    : driverError.name;
}
