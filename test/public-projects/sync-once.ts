import { setTimeout as sleep } from 'node:timers/promises';
import {
  defineQueries,
  defineQuery,
  mustGetQuery,
  Zero,
  type Query,
  type Schema,
} from '@rocicorp/zero';
import { handleQueryRequest } from '@rocicorp/zero/server';
import postgres from 'postgres';
import { serveFetch } from '../../src/processes/serve-fetch.ts';
import { startZeroCache } from '../../src/processes/zero-cache.ts';

export interface GeneratedModule {
  readonly schema: Schema;
  readonly zql: Readonly<Record<string, AnyQuery>>;
}

type AnyQuery = Query<string, Schema, Record<string, unknown>>;

/**
 * Starts a zero-cache on the database, and reads every table with all its relations through a
 * client with the generated schema. The number of rows must match Postgres, and the values their
 * declared types. Returns the differences.
 */
export async function syncOnce(url: string, { schema, zql }: GeneratedModule): Promise<string[]> {
  const queries = defineQueries(
    Object.fromEntries(
      Object.entries(zql).map(([name, all]) => [
        name,
        defineQuery(() =>
          Object.keys(schema.relationships[name] ?? {}).reduce(
            (query: AnyQuery, relation) => query.related(relation as never) as AnyQuery,
            all,
          ),
        ),
      ]),
    ),
  );
  await using endpoint = await serveFetch(async (request) =>
    Response.json(
      await handleQueryRequest({
        schema,
        request,
        userID: 'ann',
        handler: (name) =>
          mustGetQuery(queries, name).fn({ args: undefined, ctx: undefined as never }),
      }),
    ),
  );
  await using cache = await startZeroCache({
    upstream: url,
    publications: ['zero_data'],
    queryUrl: endpoint.url,
  });
  const objections: string[] = [];
  const Client = Zero as unknown as new (options: object) => {
    run(query: unknown, options: object): Promise<unknown>;
    close(): Promise<unknown>;
  };
  const client = new Client({
    schema,
    cacheURL: cache.url,
    userID: 'ann',
    kvStore: 'mem',
    logSink: { log: () => {} },
    onUpdateNeeded: (reason: object) => objections.push(JSON.stringify(reason)),
  });
  const sql = postgres(url, { max: 1 });
  try {
    for (const name of Object.keys(zql)) {
      const read = client.run(mustGetQuery(queries, name)(undefined as never), {
        type: 'complete',
      });
      const end = await Promise.race([
        read.then((rows) =>
          compareRows(sql, rows as readonly Row[], schema.tables[name] as AnyTable),
        ),
        sleep(20_000, 'no answer', { ref: false }),
      ]).catch((error: unknown) => String(error));
      if (end !== undefined) objections.push(`${name}: ${end}`);
      if (objections.length > 0) break;
    }
    if (objections.length > 0) {
      const lines = cache.log().split('\n');
      objections.push(
        ...lines
          .filter((line) => /SchemaVersion|"level":"ERROR"|\berror\b/i.test(line))
          .slice(0, 4),
      );
    }
  } finally {
    await client.close();
    await sql.end();
  }
  return objections;
}

type Row = Readonly<Record<string, unknown>>;
type AnyTable = Schema['tables'][string];

async function compareRows(
  sql: postgres.Sql,
  rows: readonly Row[],
  table: AnyTable,
): Promise<string | undefined> {
  const [found] = await sql<
    { count: number }[]
  >`select count(*)::int from ${sql(table.serverName ?? table.name)}`;
  if (found?.count !== rows.length) return `${found?.count} rows, of which ${rows.length} arrive`;
  return wrongValue(rows, table);
}

/** A value with a type other than the declared one. */
function wrongValue(rows: readonly Row[], { columns }: AnyTable): string | undefined {
  for (const row of rows) {
    for (const [key, { type, optional }] of Object.entries(columns)) {
      const value = row[key];
      const isFit =
        value === null
          ? optional === true || type === 'json'
          : type === 'json' || typeof value === type;
      if (!isFit) return `${key} is declared ${type} and arrives as ${JSON.stringify(value)}`;
    }
  }
  return undefined;
}
