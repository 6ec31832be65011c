import postgres from 'postgres';
import { migrate } from '../migrations/index.ts';
import { proveTables, type TableProof } from '../processes/prove-tables.ts';
import type { App } from './app.ts';
import type { DevTarget } from './dev-target.ts';
import { runAppSeed, type AppSeed } from './standard-seed.ts';

/** What an app's stack consists of. */
export interface AppStack {
  /** The role that user requests run as. */
  readonly role: string;
  readonly publication: string;
  /** A module whose default export has `fetch`, for Node. */
  readonly serverModule: string;
  /** The Zero schema, loaded on demand. */
  schema(): Promise<TableProof['schema']>;
  /** Claims by name, which the sign-in page offers. */
  readonly principals: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** An app as `garden dev --app NAME` runs it: the database, the endpoints and zero-cache. */
export const standardTarget = (
  { name, migrations }: Pick<App, 'name' | 'migrations'>,
  seed: AppSeed,
  stack: AppStack,
): DevTarget => ({
  title: name,
  folderName: name,
  principals: () => stack.principals,
  read: () => Promise.resolve({ role: stack.role, publications: [stack.publication] }),
  async migrate(databaseUrl, { signal }) {
    const { applied, alreadyApplied } = await migrate(databaseUrl, { folder: migrations, signal });
    return { detail: `${applied.length} migrations applied, ${alreadyApplied} already applied` };
  },
  async seed(databaseUrl, { signal }) {
    const { drizzle } = await import('drizzle-orm/postgres-js');
    const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
    try {
      const rows = await runAppSeed(seed, drizzle(sql), signal);
      return { detail: rows === 0 ? 'existing data kept' : `${rows} rows inserted` };
    } finally {
      await sql.end({ timeout: 5 });
    }
  },
  server: () => Promise.resolve({ file: stack.serverModule, source: stack.serverModule }),
  processes: () => Promise.resolve([]),
  async prove({ cacheUrls, proof }) {
    const schema = await stack.schema();
    const withRows = await proveTables({
      schema,
      cacheUrl: cacheUrls.at(-1) ?? '',
      queryUrl: proof.url,
      answer: proof.answer,
    });
    const { length } = Object.keys(schema.tables);
    return `a client synced ${length} tables, ${withRows.length} of them with a row`;
  },
});
