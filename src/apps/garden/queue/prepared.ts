import { createHash } from 'node:crypto';
import { sql, type Query } from 'drizzle-orm';
import type { QueueDatabase } from './queue-database.ts';

/** Drizzle's session, which prepares statements in every driver's database and transaction. */
interface Session {
  prepareQuery(
    query: Query,
    fields: undefined,
    name: string,
    asArrays: boolean,
  ): { execute(): Promise<unknown> };
}

/**
 * A database or transaction that can cache plans. Without a session, each statement is
 * planned again.
 */
export interface PreparingDatabase extends QueueDatabase {
  readonly _?: { readonly session: Session };
}

/** A statement with constant text and changing values. All values are text or null. */
export interface Statement {
  readonly strings: TemplateStringsArray;
  readonly values: readonly (string | null)[];
}

/**
 * Writes a statement. Drivers encode other types differently, so cast in the SQL:
 * `${id}::text::uuid`.
 */
export const statement = (
  strings: TemplateStringsArray,
  ...values: readonly (string | null)[]
): Statement => ({ strings, values });

interface Prepared {
  readonly text: string;
  readonly name: string;
}

/** Text and name by call site. Each is built once. */
const known = new WeakMap<TemplateStringsArray, Prepared>();

/**
 * Runs a statement that is planned once per connection. Statements that start without waiting for
 * each other are pipelined, and run in the order in which they started.
 */
export async function prepared<Row>(
  db: PreparingDatabase,
  { strings, values }: Statement,
): Promise<readonly Row[]> {
  const session = db._?.session;
  const result =
    session === undefined
      ? await db.execute(sql(strings, ...values))
      : await executeIn(session, preparedOf(strings), values);
  // postgres.js returns the rows, other drivers an object with rows. Only the caller knows the row
  // type.
  return (Array.isArray(result) ? result : (result as { rows: unknown }).rows) as readonly Row[];
}

const executeIn = (
  session: Session,
  { text, name }: Prepared,
  values: Statement['values'],
): Promise<unknown> =>
  session.prepareQuery({ sql: text, params: [...values] }, undefined, name, false).execute();

function preparedOf(strings: TemplateStringsArray): Prepared {
  let found = known.get(strings);
  if (found === undefined) {
    const text = strings.reduce((before, after, at) => `${before}$${at}${after}`);
    // Some drivers need a name for a prepared statement.
    const name = `garden_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    found = { text, name };
    known.set(strings, found);
  }
  return found;
}

/**
 * Runs a function of the queue and parses its answer. The answer is JSON as text, because drivers
 * decode times, arrays and big numbers differently.
 */
export async function answerOf<Answer>(db: PreparingDatabase, query: Statement): Promise<Answer> {
  const [row] = await prepared<{ readonly answer: string | null }>(db, query);
  return JSON.parse(row?.answer ?? 'null') as Answer;
}
