import { sql, type SQL } from 'drizzle-orm';
import type { AnyDatabase } from '../../../postgres/any-database.ts';

/** An argument of a function in the database, by its name there. */
export interface Argument {
  readonly name: string;
  readonly type: 'text' | 'uuid' | 'integer' | 'boolean' | 'jsonb';
  /** An absent argument has the function's default. */
  readonly value: unknown;
}

/** Calls a function in the database, and returns its result. */
export async function callFunction<Result>(
  db: AnyDatabase,
  name: string,
  given: readonly Argument[],
): Promise<Result> {
  const list = given.flatMap(({ name: key, type, value }): SQL[] => {
    if (value === undefined) return [];
    const text = value === null || typeof value === 'string' ? value : JSON.stringify(value);
    return [sql`${sql.identifier(key)} => (${text}::text)::${sql.raw(type)}`];
  });
  const [row] = await db
    .select({ result: sql<Result>`result` })
    .from(sql`${sql.identifier(name)}(${sql.join(list, sql`, `)}) as call (result)`);
  return row?.result as Result;
}
