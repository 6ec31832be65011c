import { causesOf } from '../../report/causes-of.ts';
import type { PostgresClient } from '../access/postgres-world.ts';

/** The parts of a driver's error that say what was violated. */
export interface WriteError extends Error {
  readonly code?: string;
  readonly constraint?: string;
}

/** Runs writes inside a savepoint, and undoes them. Returns the error where one fails. */
export async function tryWrite(
  client: PostgresClient,
  run: () => Promise<unknown>,
): Promise<WriteError | undefined> {
  await client.exec('savepoint write');
  try {
    await run();
    return undefined;
  } catch (error) {
    return innermost(error);
  } finally {
    await client.exec('rollback to savepoint write; release savepoint write');
  }
}

/** Drizzle wraps what a driver threw; postgres.js names the constraint its own way. */
function innermost(error: unknown): WriteError {
  const last = [...causesOf(error)].at(-1) ?? new Error(String(error));
  const { constraint_name: constraint } = last as { readonly constraint_name?: string };
  return constraint === undefined ? last : Object.assign(last, { constraint });
}

/** A driver's error in a line. */
export const databaseMessage = (error: WriteError): string =>
  error.code === undefined ? error.message : `${error.message} (${error.code})`;
