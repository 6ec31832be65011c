import postgres, { type Sql } from 'postgres';
import { onTestFinished } from 'vitest';
import { migrate } from '../../src/migrations/index.ts';
import type { PostgresServer } from '../../src/testing.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

/** Creates databases on one server. */
export interface Gardens {
  /** Creates an empty database. */
  empty(): Promise<string>;
  /** Creates a migrated database: a copy of the first one, because a migration takes ten times as long. */
  migrated(): Promise<string>;
  /** Creates a migrated database with a connection, inside a test. */
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

/** A connection for the duration of a test. */
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

/** A hash of all rows, per table. */
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
