import { drizzle } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import { mcpMigrations } from '../../../src/apps/mcp/migrations-folder.ts';
import { migrate } from '../../../src/migrations/index.ts';
import type { AnyDatabase } from '../../../src/postgres/any-database.ts';
import type { Context } from '../../frame/suite.ts';
import { startBigPostgres } from '../seed/migrated-server.ts';
import { loadPackages } from './load-packages.ts';

/** A package and its owner: the arguments of one round of searches. */
export interface Sample {
  readonly id: string;
  readonly user: string;
  readonly language: string;
  readonly tag: string;
  readonly otherTag: string;
  readonly framework: string;
  readonly tabs: number;
  readonly path: string;
  readonly category: string;
  /** A word of the description, and the first word of the name. */
  readonly word: string;
  readonly nameWord: string;
}

export interface Packages {
  readonly sql: Sql;
  readonly db: AnyDatabase;
  readonly samples: readonly Sample[];
}

export interface LoadedPackages extends AsyncDisposable {
  readonly small: Packages;
  readonly big: Packages;
}

/** Package configurations of 200 and of 2,000 users. `MCP_BENCH_PACKAGES=2000` makes a small trial. */
export async function withPackages({ progress }: Context): Promise<LoadedPackages> {
  const most = Number(process.env['MCP_BENCH_PACKAGES'] ?? 200_000);
  progress('starting Postgres');
  const server = await startBigPostgres();
  const clients: Sql[] = [];
  const dispose = async (): Promise<void> => {
    await Promise.all(clients.map((client) => client.end({ timeout: 5 })));
    await server.stop();
  };
  const load = async (count: number): Promise<Packages> => {
    progress(`${count} packages`);
    const url = await server.createDatabase();
    await migrate(url, { folder: mcpMigrations });
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    // drizzle() changes how its client sends times.
    const own = postgres(url, { max: 1, onnotice: () => {} });
    clients.push(sql, own);
    await loadPackages(sql, count);
    // The bench has its own copy of Drizzle.
    const db = drizzle(own) as unknown as AnyDatabase;
    return { sql, db, samples: await drawSamples(sql) };
  };
  try {
    return { small: await load(most / 10), big: await load(most), [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

const drawSamples = (sql: Sql): Promise<readonly Sample[]> => sql<Sample[]>`
  select id, user_id as user, language, tags[1] as tag, tags[2] as "otherTag", metadata ->> 'framework' as framework,
    (metadata #>> '{editor,tabs}')::int as tabs, 'src/parser/file' || right(id::text, 3) || '.ts' as path,
    coalesce(category_id, (select id from categories limit 1)) as category,
    split_part(description, ' ', 1 + (random() * 11)::int) as word, split_part(name, ' ', 1) as "nameWord"
  from packages order by random() limit 500`;
