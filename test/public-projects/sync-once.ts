import { readFile, readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
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
import { is, Relations } from 'drizzle-orm';
import postgres from 'postgres';
import { copyRows } from '../../src/testing/rows/copy-rows.ts';
import { serveFetch } from '../../src/processes/serve-fetch.ts';
import { startZeroCache } from '../../src/processes/zero-cache.ts';

export interface GeneratedModule {
  readonly schema: Schema;
  readonly zql: Readonly<Record<string, AnyQuery>>;
}

type AnyQuery = Query<string, Schema, Record<string, unknown>>;

/** Fills a database by migrations; what it refuses is given back. */
export async function applyMigrations(
  url: string,
  folder: string,
  before: string,
): Promise<string[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const refused: string[] = [];
  try {
    await sql.unsafe(PREPARE);
    await sql.unsafe(before);
    const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
    for (const file of files) {
      const text = await readFile(`${folder}/${file}`, 'utf8');
      for (const statement of text.split('--> statement-breakpoint')) {
        await sql.unsafe(withoutVectors(statement)).catch((error: Error) => {
          if (!/already exists/.test(error.message))
            refused.push(`${file}: ${error.message}: ${statement.trim().slice(0, 120)}`);
        });
      }
    }
  } finally {
    await sql.end();
  }
  return refused;
}

/**
 * Fills each table with valid rows, past foreign keys, and gives back the number of each.
 * A check in plain SQL may refuse what is drawn: such a table stays empty.
 */
export async function fill(
  url: string,
  exports: Readonly<Record<string, unknown>>,
): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  let filled = 0;
  try {
    // Relations are not needed for rows, and are judged elsewhere.
    const tables = Object.fromEntries(
      Object.entries(exports).filter(([, value]) => !is(value, Relations)),
    );
    await sql.unsafe('set session_replication_role = replica');
    for (const { sql: copy, lines } of copyRows(tables, { count: 3 })) {
      const end = sql
        .unsafe(copy)
        .writable()
        .then((into) => pipeline(Readable.from(lines), into));
      filled += await end.then(
        () => 1,
        () => 0,
      );
    }
  } finally {
    await sql.end();
  }
  return filled;
}

/** What projects expect of their hosts, and drizzle-kit does not write. */
const PREPARE = `
  do $$ declare wanted text; begin
    foreach wanted in array array['pg_trgm', 'citext', 'pgcrypto', 'uuid-ossp', 'btree_gin'] loop
      if exists (select from pg_available_extensions a where a.name = wanted) then
        execute format('create extension if not exists %I', wanted);
      end if;
    end loop;
    foreach wanted in array array['anon', 'authenticated', 'service_role'] loop
      if not exists (select from pg_roles where rolname = wanted) then
        execute format('create role %I', wanted);
      end if;
    end loop;
  end $$;`;

/** Embedded Postgres has no pgvector; its columns sync nowhere. */
const withoutVectors = (statement: string): string =>
  /using hnsw|using ivfflat/i.test(statement)
    ? ''
    : statement.replaceAll(/\b(?:half|sparse)?vec(?:tor)?\(\d+\)/g, 'text');

/**
 * Starts a zero-cache on the database and reads every table, with all its relations, as a
 * client of the generated schema does. Gives back what either of them objects to.
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
  try {
    for (const name of Object.keys(zql)) {
      const read = client.run(mustGetQuery(queries, name)(undefined as never), {
        type: 'complete',
      });
      const end = await Promise.race([
        read.then((rows) => wrongValue(rows as readonly Row[], schema.tables[name] as AnyTable)),
        sleep(20_000, 'no answer', { ref: false }),
      ]).catch((error: unknown) => String(error));
      if (end !== undefined) objections.push(`${name}: ${end}`);
      if (end !== undefined || objections.length > 0) break;
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
  }
  return objections;
}

type Row = Readonly<Record<string, unknown>>;
type AnyTable = Schema['tables'][string];

/** A value of another type than the schema declares. */
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
