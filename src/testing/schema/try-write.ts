import { causesOf } from '../../report/causes-of.ts';
import type { PostgresClient } from '../access/postgres-world.ts';

/** The fields of a driver's error that identify the violated constraint. */
export interface WriteError extends Error {
  readonly code?: string;
  readonly constraint?: string;
}

/** Runs writes inside a savepoint, and rolls them back. Returns the error if one fails. */
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

/** Drizzle wraps driver errors, and postgres.js uses another field name for the constraint. */
function innermost(error: unknown): WriteError {
  const last = [...causesOf(error)].at(-1) ?? new Error(String(error));
  const { constraint_name: constraint } = last as { readonly constraint_name?: string };
  return constraint === undefined ? last : Object.assign(last, { constraint });
}

/** A driver's error as one line. */
export const databaseMessage = (error: WriteError): string =>
  error.code === undefined ? error.message : `${error.message} (${error.code})`;
