import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { defineMutators, defineQueries, Zero, type Schema } from '@rocicorp/zero';
import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { kit, testProject, type TestProject } from '../../src/cli/generate/project.fixture.ts';
import { bearer, createServer, steadySql, type AccessRules } from '../../src/server.ts';
import { crudMutators, tableQueries, type RowChecks } from '../../src/guard/index.ts';
import { migrate } from '../../src/migrations/index.ts';
import { serveFetch } from '../../src/processes/serve-fetch.ts';
import { startPostgres, startZeroCache } from '../../src/testing.ts';
import { SECRET, token } from '../sync/garden-server.fixture.ts';

const SCHEMA = 'src/db/schema.ts';
const KEY = 'the key of the tests';

/** What `garden generate` wrote for one version of the tables. */
export interface Version {
  readonly schema: Schema;
  readonly rules: AccessRules;
  readonly checks: RowChecks;
}

type Rows = readonly Readonly<Record<string, unknown>>[];

/** A page that is open: its rows, and what it was told. */
export interface OpenPage {
  rows(): Rows;
  /** Writes a row, and returns what the server answers: `success` or a message. */
  insert(row: Readonly<Record<string, unknown>>): Promise<string>;
  /** Whether zero-cache refused its schema, so that it must reload. */
  mustReload(): boolean;
  /** Whether a page with a newer schema opened in the same browser. */
  hasNewerTab(): boolean;
}

/** An application whose tables change while its pages are open. */
export interface ChangingApp extends AsyncDisposable {
  readonly project: TestProject;
  /** Edits the tables, and runs `garden generate`. */
  edit(change: (schema: string) => string): Promise<Version>;
  /** Runs `garden migrate` where the application is deployed. */
  migrate(): Promise<void>;
  /** Deploys the server of a version. */
  serve(version: Version): void;
  /** Opens a page with the bundle of a version. It reloads until zero-cache knows its schema. */
  open(version: Version, sub: string): Promise<OpenPage>;
  /** Errors that the server reported. */
  readonly errors: readonly unknown[];
  /** Runs SQL as the owner of the database. */
  sql(text: string): Promise<unknown>;
}

/** Starts the application with its first tables. */
export async function startChangingApp(
  schema: string,
): Promise<{ readonly app: ChangingApp; readonly first: Version }> {
  await using stack = new AsyncDisposableStack();
  const project = stack.use(
    testProject({
      [SCHEMA]: schema.replaceAll("'@techgarden/schema/kit'", () => kit),
      'drizzle.config.ts': `export default { dialect: 'postgresql', schema: './${SCHEMA}', out: './migrations' };`,
      'garden.config.ts': `export default { zero: { out: './src/zero' } };`,
    }),
  );
  let text = schema.replaceAll("'@techgarden/schema/kit'", () => kit);
  let versions = 0;
  const edit: ChangingApp['edit'] = async (change) => {
    const changed = change(text);
    if (versions > 0 && changed === text) throw new Error('the change changes nothing');
    text = changed;
    project.write({ [SCHEMA]: text });
    const { code, err } = await project.generate();
    if (code !== 0) throw new Error(`garden generate: ${err}`);
    versions += 1;
    // A module is loaded once per path.
    const folder = join(project.folder, `src/zero-${versions}`);
    cpSync(join(project.folder, 'src/zero'), folder, { recursive: true });
    const load = (name: string): Promise<object> =>
      import(pathToFileURL(join(folder, `${name}.gen.ts`)).href) as Promise<object>;
    const loaded = await Promise.all(['zero-schema', 'zero-rules', 'zero-checks'].map(load));
    return Object.assign({}, ...loaded) as Version;
  };
  const server = stack.use(await startPostgres({ settings: { wal_level: 'logical' } }));
  const url = await server.createDatabase();
  const sql = steadySql(postgres(url, { max: 4, onnotice: () => {} }));
  stack.defer(() => sql.end({ timeout: 1 }));

  let handler: (request: Request) => Promise<Response> = async () =>
    new Response(undefined, { status: 503 });
  const errors: unknown[] = [];
  const app: Omit<ChangingApp, typeof Symbol.asyncDispose> = {
    project,
    errors,
    edit,
    sql: (statement) => sql.unsafe(statement),
    migrate: async () => {
      await migrate(url, { folder: join(project.folder, 'migrations') });
    },
    serve(version) {
      ({ handler } = createServer({
        schema: version.schema,
        queries: queriesOf(version),
        mutators: mutatorsOf(version),
        rules: version.rules,
        database: zeroDrizzle(version.schema, drizzle(sql)),
        identity: bearer({ secret: SECRET, audience: 'garden' }),
        apiKey: KEY,
        role: 'app_user',
        onError: (error) => void errors.push(error),
      }));
    },
    async open(version, sub) {
      const reasons: string[] = [];
      const mustReload = (): boolean => reasons.includes('SchemaVersionNotSupported');
      const answered = Promise.withResolvers<void>();
      const mutators = mutatorsOf(version);
      const zero = new Zero({
        schema: version.schema,
        mutators,
        cacheURL: cache.url,
        kvStore: 'mem',
        userID: sub,
        auth: await token({ sub }),
        context: { sub, roles: [] },
        onUpdateNeeded({ type }: { readonly type: string }) {
          reasons.push(type);
          if (mustReload()) answered.resolve();
        },
        logSink: { log: () => {} },
        // The schema is not the garden's, which is the default type.
      } as never) as unknown as UntypedZero;
      opened.defer(() => zero.close());
      let rows: Rows = [];
      const query = queriesOf(version) as unknown as { rows: { tasks: () => unknown } };
      const view = zero.materialize(query.rows.tasks());
      view.addListener((next, result) => {
        rows = structuredClone(next);
        if (result === 'complete') answered.resolve();
      });
      await answered.promise;
      if (mustReload()) {
        await sleep(200);
        return app.open(version, sub);
      }
      const { insert } = (mutators as unknown as { rows: { tasks: { insert: Insert } } }).rows
        .tasks;
      return {
        rows: () => rows,
        insert: async (row) => {
          const { type, error } = await zero.mutate(insert(row)).server;
          return error?.message ?? type;
        },
        mustReload,
        hasNewerTab: () => reasons.includes('NewClientGroup'),
      };
    },
  };
  const first = await edit((schema) => schema);
  await app.migrate();
  app.serve(first);
  const endpoint = stack.use(await serveFetch((request) => handler(request)));
  const cache = stack.use(
    await startZeroCache({
      upstream: url,
      queryUrl: `${endpoint.url}/query`,
      mutateUrl: `${endpoint.url}/mutate`,
      apiKey: KEY,
      env: { ZERO_AUTH_RETRANSFORM_INTERVAL_SECONDS: '1' },
    }),
  );
  const opened = stack.move();
  return { app: { ...app, [Symbol.asyncDispose]: () => opened.disposeAsync() }, first };
}

type Insert = (row: object) => unknown;

/** A client whose schema is only known when the test runs. */
interface UntypedZero {
  materialize(query: unknown): { addListener(listen: (rows: Rows, result: string) => void): void };
  mutate(request: unknown): {
    readonly server: Promise<{
      readonly type: string;
      readonly error?: { readonly message: string };
    }>;
  };
  close(): Promise<void>;
}

const queriesOf = ({ schema }: Version) => defineQueries({ rows: tableQueries(schema) });

const mutatorsOf = ({ schema, checks }: Version) =>
  defineMutators({ rows: crudMutators(schema, { checks }) });
