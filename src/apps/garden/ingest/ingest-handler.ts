import type { DependencyType } from '../tables/package-dependencies.ts';
import { complete } from '../queue/settle.ts';
import { defaultSettings, type QueueSettings } from '../queue/settings.ts';
import { enqueueAll } from '../queue/enqueue.ts';
import type { ClaimedRequest } from '../queue/claim.ts';
import type { Handler, HandlerContext, Outcome } from '../queue/worker-options.ts';
import { FetchFailure } from './http/fetch-failure.ts';
import {
  recordAttempt,
  readKnownPackage,
  readKnownVersions,
  type KnownPackage,
} from './read-known.ts';
import type { Registries } from './registry/configure-registries.ts';
import type { FetchResult } from './registry/registry-adapter.ts';
import { markMissing } from './write/mark-missing.ts';
import { missingTargets } from './write/missing-targets.ts';
import type { IngestDatabase, Statements } from './write/statement.ts';
import { TargetCache } from './write/target-cache.ts';
import { writeRows, type Written } from './write/write-package.ts';

export interface IngestOptions {
  /** Database connection with a role that writes the catalogue and has BYPASSRLS. */
  readonly db: IngestDatabase;
  readonly registries: Registries;
  /** Missing dependencies of these types are queued. Defaults to all types except `dev`. */
  readonly queueTypes?: readonly DependencyType[];
  /** Settings of the queue. `maxDepth` and `rootBudget` limit the follow-up requests. */
  readonly settings?: Partial<QueueSettings>;
  readonly onIngested?: (event: Ingested) => void;
}

/** Result of one request. */
export interface Ingested {
  readonly request: ClaimedRequest;
  readonly state: 'written' | 'unchanged' | 'gone';
  readonly written?: Written;
  /** Number of requests queued for dependencies of the package. */
  readonly queued: number;
  readonly milliseconds: number;
}

/**
 * Creates the queue handler that fetches packages. All rows of a request are written in one
 * transaction together with its completion: all of them or none, and only while the lease
 * is held.
 *
 * @example
 * const handle = ingestHandler({ db, registries: configureRegistries(process.env) });
 * await runWorker({ db, handle, signal });
 */
export function ingestHandler(options: IngestOptions): Handler {
  const cache = new TargetCache();
  return async (request, context) => {
    try {
      return await ingest(options, cache, request, context);
    } catch (error) {
      if (error instanceof FetchFailure) return failed(error);
      if (context.signal.aborted) throw error;
      // The user sees the message, and an internal error may contain hosts and paths.
      const message = 'the package could not be stored because of an internal error.';
      return { state: 'failed', failure: { message, cause: error } };
    }
  };
}

async function ingest(
  options: IngestOptions,
  cache: TargetCache,
  request: ClaimedRequest,
  context: HandlerContext,
): Promise<Outcome> {
  const start = performance.now();
  const known = await readKnownPackage(options.db, request.registry, request.packageName);
  let fetched: FetchResult;
  try {
    fetched = await fetchPackage(options, request, context, known);
  } catch (error) {
    if (error instanceof FetchFailure) await recordAttempt(options.db, known);
    throw error;
  }
  if (isMissing(fetched) && known === undefined) return notFound(request);
  context.signal.throwIfAborted();
  const done = await options.db.transaction(async (tx) =>
    store(tx, fetched, { options, request, context, known, cache }),
  );
  options.onIngested?.({ request, ...done, milliseconds: performance.now() - start });
  return { state: 'settled' };
}

async function fetchPackage(
  { db, registries }: Pick<IngestOptions, 'db' | 'registries'>,
  { registry, packageName }: ClaimedRequest,
  { signal }: HandlerContext,
  known: KnownPackage | undefined,
): Promise<FetchResult> {
  const adapter = registries.get(registry);
  if (adapter === undefined) throw notConfigured(registry);
  return adapter.fetchPackage(packageName, {
    etag: known?.etag,
    known: () => readKnownVersions(db, known),
    signal,
  });
}

interface Work {
  readonly options: Pick<IngestOptions, 'queueTypes' | 'settings'>;
  readonly request: ClaimedRequest;
  readonly context: HandlerContext;
  readonly known: KnownPackage | undefined;
  readonly cache: TargetCache;
}

async function store(
  tx: Statements,
  fetched: FetchResult,
  { options, request, context, known, cache }: Work,
): Promise<Pick<Ingested, 'state' | 'written' | 'queued'>> {
  const rows =
    fetched.state === 'found'
      ? await writeRows(tx, request.registry, fetched.package, cache)
      : undefined;
  // A missing package that was never stored has already been handled.
  const packageId = rows?.packageId ?? known!.id;
  // The statements start in order and are pipelined.
  const [written, queued] = await Promise.all([
    rows?.link(),
    end(tx, fetched, { options, request, context, packageId }),
  ]);
  if (written === undefined)
    return { state: fetched.state === 'missing' ? 'gone' : 'unchanged', queued };
  return { state: 'written', written, queued };
}

async function end(
  tx: Statements,
  fetched: FetchResult,
  { options, request, context, packageId }: Omit<Work, 'known' | 'cache'> & { packageId: string },
): Promise<number> {
  if (fetched.state === 'missing') await markMissing(tx, packageId);
  const queued =
    fetched.state === 'missing' ? 0 : await queueMissing(tx, options, request, packageId);
  // Last, so that a lost lease rolls everything back.
  await complete(tx, context.lease, { packageId });
  return queued;
}

const installed: readonly DependencyType[] = ['runtime', 'peer', 'optional'];

async function queueMissing(
  tx: Statements,
  { queueTypes = installed, settings }: Work['options'],
  request: ClaimedRequest,
  packageId: string,
): Promise<number> {
  // The queue would reject all of them.
  if (request.depth >= (settings?.maxDepth ?? defaultSettings.maxDepth)) return 0;
  const targets = await missingTargets(tx, request.registry, packageId, queueTypes);
  if (targets.length === 0) return 0;
  const requests = targets.map(({ registry, name }) => ({
    packageName: name,
    registry,
    sourceRequestId: request.id,
  }));
  const answers = await enqueueAll(tx, requests, settings);
  return answers.filter(({ state }) => state === 'queued').length;
}

/** A document without versions remains when a package was unpublished. */
const isMissing = (fetched: FetchResult): boolean =>
  fetched.state === 'missing' ||
  (fetched.state === 'found' && fetched.package.versions.length === 0);

const failed = ({ problem, retry, retryAfter, untried }: FetchFailure): Outcome => ({
  state: 'failed',
  failure: {
    message: [problem.message, ...(problem.context ?? [])].join(' '),
    retry,
    untried,
    ...(retryAfter !== undefined && { retryAfter }),
  },
});

const notFound = ({ registry, packageName }: ClaimedRequest): Outcome => ({
  state: 'failed',
  failure: {
    message: `${registry} does not have the package ${JSON.stringify(packageName)}.`,
    retry: false,
  },
});

function notConfigured(registry: string): FetchFailure {
  return new FetchFailure(
    {
      code: 'ingest/not-configured',
      message: `no address is configured for ${registry}.`,
      fix: 'set the variable of the registry; docs/ingest.md lists them.',
    },
    { retry: true },
  );
}
