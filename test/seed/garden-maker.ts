import postgres, { type Sql } from 'postgres';
import { onTestFinished } from 'vitest';
import { migrate } from '../../src/ops/index.ts';
import type { PostgresServer } from '../../src/testing/index.ts';

/** Makes migrated databases: copies of one, because migrating costs ten times as much. */
export async function gardenMaker(
  server: PostgresServer,
): Promise<() => Promise<{ url: string; sql: Sql }>> {
  const template = await server.createDatabase();
  await migrate(template);
  const source = new URL(template).pathname.slice(1);
  let count = 0;
  return async () => {
    const name = `${source}_${(count += 1)}`;
    await open(server.url).unsafe(`create database ${name} template ${source}`);
    const url = new URL(template);
    url.pathname = `/${name}`;
    return { url: url.href, sql: open(url.href) };
  };
}

/** A connection for as long as a test runs. */
export function open(url: string): Sql {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  onTestFinished(() => sql.end({ timeout: 0 }));
  return sql;
}

const tables = [
  'account',
  'tags',
  'packages',
  'package_versions',
  'package_dependencies',
  'package_tags',
  'package_requests',
];

/** Every row of every table, in one number each. */
export const fingerprint = async (sql: {
  unsafe(text: string): PromiseLike<readonly object[]>;
}): Promise<readonly string[]> =>
  Promise.all(
    tables.map(async (table) => {
      const rows = await sql.unsafe(
        `select count(*) || ' ' || coalesce(sum(hashtextextended(one::text, 0)), 0) as sum from ${table} as one`,
      );
      return `${table} ${JSON.stringify(rows)}`;
    }),
  );
