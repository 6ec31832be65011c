import { createHash } from 'node:crypto';
import { sql, type Query } from 'drizzle-orm';
import type { QueueDatabase } from './queue-database.ts';

/** What Drizzle prepares statements by, in every driver's database and transaction. */
interface Session {
  prepareQuery(
    query: Query,
    fields: undefined,
    name: string,
    asArrays: boolean,
  ): { execute(): Promise<unknown> };
}

/** A database or transaction that can keep plans. Without a session it plans each time. */
export interface PreparingDatabase extends QueueDatabase {
  readonly _?: { readonly session: Session };
}

/** A statement whose text is the same each time, with this time's values: all of them text, or null. */
export interface Statement {
  readonly strings: TemplateStringsArray;
  readonly values: readonly (string | null)[];
}

/** Writes a statement. Drivers differ in what they make of other types: cast in the text, `${id}::text::uuid`. */
export const statement = (
  strings: TemplateStringsArray,
  ...values: readonly (string | null)[]
): Statement => ({ strings, values });

interface Prepared {
  readonly text: string;
  readonly name: string;
}

/** A place in the code has one text, which is put together once. */
const known = new WeakMap<TemplateStringsArray, Prepared>();

/**
 * Runs a statement that is planned once a connection. Several that are begun without
 * waiting go over the wire together, and run in the order in which they were begun.
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
  // postgres.js gives rows as they are, other drivers in an object; what they are knows only who wrote the text.
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
    // Some drivers call a statement by a name of ours.
    const name = `garden_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    found = { text, name };
    known.set(strings, found);
  }
  return found;
}

/**
 * The answer of one of the queue's functions, which is JSON as text: times, arrays and
 * big numbers look different with every driver, and this does not.
 */
export async function answerOf<Answer>(db: PreparingDatabase, query: Statement): Promise<Answer> {
  const [row] = await prepared<{ readonly answer: string | null }>(db, query);
  return JSON.parse(row?.answer ?? 'null') as Answer;
}
