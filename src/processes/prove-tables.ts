import { createBuilder, defineQueries, defineQuery, Zero, type Schema } from '@rocicorp/zero';
import { handleQueryRequest } from '@rocicorp/zero/server';
import { ProblemError } from '../report/problem.ts';

export interface TableProof {
  readonly schema: Schema;
  readonly cacheUrl: string;
  /** The URL of the proof's query endpoint, which zero-cache calls. */
  readonly queryUrl: string;
  /** Sets the handler of that URL. */
  readonly answer: (handler: (request: Request) => Promise<Response>) => void;
}

const PATIENCE = 30_000;

/**
 * Lets a client sync a row of each table through zero-cache. The queries are not restricted
 * by access rules. Returns the tables that have a row.
 */
export async function proveTables({
  schema,
  cacheUrl,
  queryUrl,
  answer,
}: TableProof): Promise<readonly string[]> {
  const zql = createBuilder(schema);
  const names = Object.keys(schema.tables);
  const first = (name: string) => (zql[name] as (typeof zql)[string]).limit(1);
  const queries = defineQueries(
    Object.fromEntries(names.map((name) => [name, defineQuery(() => first(name) as never)])),
  );
  answer(async (request) =>
    Response.json(
      await handleQueryRequest({
        schema,
        query: {},
        body: (await request.json()) as never,
        userID: null,
        logLevel: 'error',
        handler: (name) => first(name),
      }),
    ),
  );
  const said: string[] = [];
  const zero = new Zero({
    // Zero's types use its default schema, which is a different schema in this repository.
    schema: schema as never,
    context: { roles: [] },
    cacheURL: cacheUrl,
    queryURL: queryUrl,
    kvStore: 'mem',
    logLevel: 'error',
    logSink: { log: (_, __, ...words) => void said.push(words.map(String).join(' ')) },
    onUpdateNeeded: ({ type, message }) => void said.push(`${type}: ${message ?? ''}`),
  });
  try {
    const counts = await Promise.all(
      names.map(async (name) => {
        // Zero's query types need a schema that is known at compile time.
        const query = queries[name] as unknown as () => never;
        const rows = await inTime(
          zero.run(query(), { type: 'complete' }) as Promise<readonly unknown[]>,
          name,
          said,
        );
        return [name, rows.length] as const;
      }),
    );
    return counts.filter(([, count]) => count > 0).map(([name]) => name);
  } finally {
    await zero.close();
  }
}

async function inTime<Result>(
  work: Promise<Result>,
  table: string,
  said: readonly string[],
): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const last = said.at(-1);
    late.reject(
      new ProblemError({
        code: 'dev/no-sync',
        message: `the stack runs, but the table ${table} did not arrive within ${PATIENCE / 1000} s.${last === undefined ? '' : ` The client said: ${last}`}`,
        fix: 'run `garden dev` without --once, and read its output.',
      }),
    );
  }, PATIENCE);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
