import { DrizzleQueryError } from 'drizzle-orm/errors';

/**
 * What went wrong, in one sentence. Drizzle's own message is the statement with all its
 * values, and the driver's stands behind it; Node's is empty where it tried several addresses.
 */
export function messageOf(error: unknown): string {
  const told = error instanceof DrizzleQueryError ? (error.cause ?? error) : error;
  if (!(told instanceof Error)) return String(told);
  if (told.message !== '') return told.message;
  return 'code' in told && typeof told.code === 'string' ? told.code : told.name;
}
