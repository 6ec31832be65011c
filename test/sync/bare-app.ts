/**
 * A handwritten app according to Zero's documentation, for the same tables: a schema, a
 * query, a mutator and two endpoints. No rules, no row-level security.
 */
import {
  boolean,
  createBuilder,
  createSchema,
  defineMutatorsWithType,
  defineMutatorWithType,
  defineQueries,
  defineQuery,
  mustGetMutator,
  mustGetQuery,
  json,
  number,
  relationships,
  string,
  table,
  Zero,
} from '@rocicorp/zero';
import { handleMutateRequest, handleQueryRequest } from '@rocicorp/zero/server';
import { zeroPostgresJS } from '@rocicorp/zero/server/adapters/postgresjs';
import { jwtVerify } from 'jose';
import postgres, { type Sql } from 'postgres';
import { serveFetch } from '../../src/processes/serve-fetch.ts';

const account = table('account')
  .columns({
    id: string(),
    name: string(),
    avatarUrl: string().optional().from('avatar_url'),
    createdAt: number().from('created_at'),
    updatedAt: number().from('updated_at'),
  })
  .primaryKey('id');
const packages = table('packages')
  .columns({
    id: string(),
    name: string(),
    registry: string(),
    description: string().optional(),
    homepage: string().optional(),
    repository: string().optional(),
    distTags: json().optional().from('dist_tags'),
    lastFetchAttempt: number().optional().from('last_fetch_attempt'),
    lastFetchSuccess: number().optional().from('last_fetch_success'),
    deletedAt: number().optional().from('deleted_at'),
    deletedBy: string().optional().from('deleted_by'),
    createdAt: number().from('created_at'),
    updatedAt: number().from('updated_at'),
  })
  .primaryKey('id');
const packageVersions = table('packageVersions')
  .from('package_versions')
  .columns({
    id: string(),
    packageId: string().from('package_id'),
    version: string(),
    sortKey: string().from('sort_key'),
    isPrerelease: boolean().from('is_prerelease'),
    publishedAt: number().optional().from('published_at'),
    yankedAt: number().optional().from('yanked_at'),
    createdAt: number().from('created_at'),
  })
  .primaryKey('id');
const packageDependencies = table('packageDependencies')
  .from('package_dependencies')
  .columns({
    id: string(),
    packageId: string().from('package_id'),
    versionId: string().from('version_id'),
    dependencyName: string().from('dependency_name'),
    dependencyPackageId: string().optional().from('dependency_package_id'),
    dependencyVersionRange: string().from('dependency_version_range'),
    resolvedVersion: string().from('resolved_version'),
    resolvedVersionId: string().optional().from('resolved_version_id'),
    resolution: string(),
    dependencyType: string().from('dependency_type'),
    createdAt: number().from('created_at'),
  })
  .primaryKey('id');
const packageRequests = table('packageRequests')
  .from('package_requests')
  .columns({
    id: string(),
    packageName: string().from('package_name'),
    registry: string(),
    requestedBy: string().optional().from('requested_by'),
    status: string(),
    errorMessage: string().optional().from('error_message'),
    packageId: string().optional().from('package_id'),
    createdAt: number().from('created_at'),
    updatedAt: number().from('updated_at'),
  })
  .primaryKey('id');
const packageTags = table('packageTags')
  .from('package_tags')
  .columns({
    id: string(),
    packageId: string().from('package_id'),
    tagId: string().from('tag_id'),
    createdBy: string().from('created_by'),
    createdAt: number().from('created_at'),
  })
  .primaryKey('id');
const tags = table('tags')
  .columns({
    id: string(),
    name: string(),
    slug: string(),
    description: string().optional(),
    color: string().optional(),
    deletedAt: number().optional().from('deleted_at'),
    deletedBy: string().optional().from('deleted_by'),
    createdAt: number().from('created_at'),
    updatedAt: number().from('updated_at'),
  })
  .primaryKey('id');

const bareSchema = createSchema({
  tables: [
    account,
    packages,
    packageVersions,
    packageDependencies,
    packageRequests,
    packageTags,
    tags,
  ],
  relationships: [
    relationships(packages, ({ many }) => ({
      versions: many({
        sourceField: ['id'],
        destSchema: packageVersions,
        destField: ['packageId'],
      }),
      tags: many(
        { sourceField: ['id'], destSchema: packageTags, destField: ['packageId'] },
        { sourceField: ['tagId'], destSchema: tags, destField: ['id'] },
      ),
    })),
    relationships(packageVersions, ({ many }) => ({
      dependencies: many({
        sourceField: ['id'],
        destSchema: packageDependencies,
        destField: ['versionId'],
      }),
    })),
  ],
});
type BareSchema = typeof bareSchema;
type Identity = { readonly sub: string };

const zql = createBuilder(bareSchema);

export const bareQueries = defineQueries({
  browse: defineQuery(() =>
    zql.packages
      .where('deletedAt', 'IS', null)
      .related('tags')
      .orderBy('name', 'asc')
      .orderBy('id', 'asc')
      .limit(50),
  ),
  me: defineQuery(({ args }: { args: { id: string } }) => zql.account.where('id', args.id).one()),
});

export const bareMutators = defineMutatorsWithType<BareSchema>()({
  rename: defineMutatorWithType<BareSchema>()<{ id: string; name: string; at: number }>(
    async ({ tx, args: { id, name, at } }) => {
      await tx.mutate.account.update({ id, name, updatedAt: at });
    },
  ),
});

/** Serves the two endpoints, with its own connections to the database. */
export async function serveBareApp(databaseUrl: string, secret: string): Promise<BareServer> {
  await using stack = new AsyncDisposableStack();
  const sql = postgres(databaseUrl, { max: 8, onnotice: () => {} });
  stack.defer(() => sql.end({ timeout: 1 }));
  const { url } = stack.use(await serveFetch(bareHandler(sql, secret)));
  const parts = stack.move();
  return { url, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}

interface BareServer extends AsyncDisposable {
  readonly url: string;
}

/** The two endpoints. They verify tokens, like any application. */
function bareHandler(sql: Sql, secret: string): (request: Request) => Promise<Response> {
  const database = zeroPostgresJS(bareSchema, sql as never);
  const key = new TextEncoder().encode(secret);
  return async (request) => {
    const token = request.headers.get('authorization')?.replace('Bearer ', '') ?? '';
    const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'] });
    const identity: Identity = { sub: payload.sub ?? '' };
    if (new URL(request.url).pathname.endsWith('/query')) {
      const answer = await handleQueryRequest({
        schema: bareSchema,
        request,
        userID: identity.sub,
        handler: (name, args) =>
          mustGetQuery(bareQueries, name).fn({ args, ctx: identity } as never),
      });
      return Response.json(answer);
    }
    const answer = await handleMutateRequest({
      dbProvider: database,
      request,
      userID: identity.sub,
      handler: (transact) =>
        transact((tx, name, args) =>
          mustGetMutator(bareMutators, name).fn({ tx, args, ctx: identity } as never),
        ),
    });
    return Response.json(answer);
  };
}

export function openBareClient(cacheURL: string, userID: string, auth: string): BareClient {
  return new Zero({
    schema: bareSchema,
    mutators: bareMutators,
    cacheURL,
    userID,
    auth,
    kvStore: 'mem',
    logSink: { log: () => {} },
  } as never) as unknown as BareClient;
}

export interface BareClient {
  run(query: unknown, options: { type: 'complete' }): Promise<readonly unknown[]>;
  materialize(query: unknown): unknown;
  mutate(mutation: unknown): { readonly server: Promise<{ readonly type: string }> };
  close(): Promise<unknown>;
}
