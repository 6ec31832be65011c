import postgres, { type Sql } from 'postgres';
import { onTestFinished } from 'vitest';
import { migrate } from '../../src/migrations/index.ts';
import type { PostgresServer } from '../../src/testing/index.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

/** Databases of one server. */
export interface Gardens {
  /** One with nothing in it. */
  empty(): Promise<string>;
  /** A migrated one: a copy of the first, because migrating costs ten times as much. */
  migrated(): Promise<string>;
  /** The same with a connection, inside a test. */
  fresh(): Promise<{ url: string; sql: Sql }>;
}

export function gardensOf(server: () => PostgresServer): Gardens {
  let template: Promise<string> | undefined;
  let count = 0;
  const makeTemplate = async (): Promise<string> => {
    const url = await server().createDatabase();
    await migrate(url, { folder: gardenMigrations });
    return url;
  };
  const migrated = async (): Promise<string> => {
    const url = new URL(await (template ??= makeTemplate()));
    const source = url.pathname.slice(1);
    url.pathname = `/${source}_${(count += 1)}`;
    const admin = postgres(server().url, { max: 1, onnotice: () => {} });
    await admin.unsafe(`create database ${url.pathname.slice(1)} template ${source}`);
    await admin.end();
    return url.href;
  };
  return {
    empty: () => server().createDatabase(),
    migrated,
    fresh: async () => {
      const url = await migrated();
      return { url, sql: open(url) };
    },
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
