import { createGunzip } from 'node:zlib';
import { pipeline, Readable } from 'node:stream';
import type { DependencyType } from '../../tables/package-dependencies.ts';
import { malformed, notNow } from '../http/fetch-failure.ts';
import type { HttpAnswer, HttpClient } from '../http/http-client.ts';
import { AptIndex, readAptIndex, type AptStanza } from './apt-index.ts';
import { readAlternatives, splitRelations } from './apt-relations.ts';
import { badName } from './bad-name.ts';
import { defaultDocumentLimits, DocumentCount, type DocumentLimits } from './document-limits.ts';
import type {
  FetchedDependency,
  FetchedVersion,
  FetchOptions,
  FetchResult,
  RegistryAdapter,
} from './registry-adapter.ts';
import { cutTo, isStorableName, MAX_RANGE, storableText } from './storable-text.ts';
import { versionOrder } from './version-order.ts';
import { repositoryAddress, webAddressOf } from './web-address-of.ts';

const NAME = /^[a-z0-9][a-z0-9+.-]+$/;

const FIELDS: readonly (readonly [field: string, type: DependencyType])[] = [
  ['Pre-Depends', 'runtime'],
  ['Depends', 'runtime'],
  ['Recommends', 'optional'],
  ['Suggests', 'optional'],
];

const MAX_AGE = 15 * 60 * 1000;

interface AptOptions {
  /** Maximum age of a list, in milliseconds, before it is revalidated. */
  readonly maxAge?: number;
  readonly limits?: DocumentLimits;
}

interface Loaded {
  readonly index: AptIndex;
  readonly etags: readonly (string | undefined)[];
  readonly at: number;
}

interface Load {
  readonly result: Promise<Loaded>;
  readonly stop: AbortController;
  waiting: number;
}

/**
 * The registry of Debian packages. It has one list of all packages and no document per package, so
 * the list is loaded once and queried in memory.
 */
export class AptRegistry implements RegistryAdapter {
  readonly registry = 'apt';
  readonly #lists: readonly URL[];
  readonly #http: HttpClient;
  readonly #maxAge: number;
  readonly #limits: DocumentLimits;
  #loaded: Loaded | undefined;
  #load: Load | undefined;

  constructor(
    lists: readonly URL[],
    http: HttpClient,
    { maxAge = MAX_AGE, limits = defaultDocumentLimits }: AptOptions = {},
  ) {
    this.#lists = lists;
    this.#http = http;
    this.#maxAge = maxAge;
    this.#limits = limits;
  }

  async fetchPackage(name: string, { etag, signal }: FetchOptions): Promise<FetchResult> {
    if (!NAME.test(name) || !isStorableName(name)) throw badName('apt', name);
    const { index } = await this.#current(signal);
    const stanzas = index.stanzasOf(name);
    if (stanzas.length === 0) return { state: 'missing' };
    const fingerprint = index.fingerprintOf(name);
    if (fingerprint === etag) return { state: 'unchanged' };
    const versions = new Map(stanzas.map((stanza) => [stanza.get('Version') ?? '', stanza]));
    const newest = stanzas.at(-1)!;
    const count = new DocumentCount(this.#lists[0]!, this.#limits);
    count.addVersions(versions.size);
    return {
      state: 'found',
      package: {
        name,
        // Only the first line. The rest is in a translation file.
        description: storableText(newest.get('Description')?.split('\n')[0], 10_000),
        homepage: webAddressOf(newest.get('Homepage')),
        repository: repositoryAddress(newest.get('Vcs-Browser')),
        versions: [...versions].flatMap(([version, stanza]) =>
          readVersion(version, stanza, index, count),
        ),
        tags: new Map(),
        etag: fingerprint,
      },
    };
  }

  /** All concurrent callers share one load. It is aborted when no caller waits for it any more. */
  async #current(signal: AbortSignal): Promise<Loaded> {
    signal.throwIfAborted();
    const loaded = this.#loaded;
    if (loaded !== undefined && Date.now() - loaded.at < this.#maxAge) return loaded;
    const load = (this.#load ??= this.#start(loaded));
    const { promise: stopped, reject } = Promise.withResolvers<never>();
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    load.waiting += 1;
    try {
      return await Promise.race([load.result, stopped]);
    } finally {
      signal.removeEventListener('abort', stop);
      load.waiting -= 1;
      if (load.waiting === 0) {
        // Immediately, so that the next caller does not wait for the aborted load.
        this.#forget(load);
        load.stop.abort();
      }
    }
  }

  #start(before: Loaded | undefined): Load {
    const stop = new AbortController();
    const result = this.#fetch(before, stop.signal).then((loaded) => (this.#loaded = loaded));
    const load = { result, stop, waiting: 0 };
    const forget = (): void => this.#forget(load);
    result.then(forget, forget);
    return load;
  }

  #forget(load: Load): void {
    if (this.#load === load) this.#load = undefined;
  }

  async #fetch(before: Loaded | undefined, signal: AbortSignal): Promise<Loaded> {
    if (before !== undefined && (await this.#isUnchanged(before, signal))) {
      return { ...before, at: Date.now() };
    }
    const index = new AptIndex();
    const etags: (string | undefined)[] = [];
    for (const list of this.#lists) {
      const answer = await this.#http.get(list, { accept: '*/*', signal }, async (body) => {
        await readList(body, index);
        return body.etag;
      });
      if (answer.state !== 'found') throw malformed(list, 'there is no package list here.');
      etags.push(answer.value);
    }
    if (index.size === 0)
      throw malformed(this.#lists[0]!, 'the package list contains no packages.');
    return { index, etags, at: Date.now() };
  }

  /** Whether every server confirms that its list is unchanged. */
  async #isUnchanged({ etags }: Loaded, signal: AbortSignal): Promise<boolean> {
    for (const [at, list] of this.#lists.entries()) {
      const etag = etags[at];
      if (etag === undefined) return false;
      const answer = await this.#http.get(
        list,
        { accept: '*/*', etag, signal },
        async () => undefined,
      );
      if (answer.state !== 'unchanged') return false;
    }
    return true;
  }
}

/** Lists are plain or gzipped. The first bytes decide, not the name or the content type. */
async function readList(answer: HttpAnswer, index: AptIndex): Promise<void> {
  const refuse = (message: string): Error => malformed(answer.address, message);
  const pieces = answer.body[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (first.done === true) throw notNow(answer.address, 'the package list is empty.');
  const head = first.value;
  if (head[0] === 0xfd && head[1] === 0x37) {
    throw refuse(
      'the package list is compressed with xz, which is not supported: use the .gz file or the plain file.',
    );
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield head;
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next())
      yield next.value;
  }
  const packed = head[0] === 0x1f && head[1] === 0x8b;
  if (!packed) return readAptIndex(whole(), index, refuse);
  // The reader of the decompressed stream gets every error, so the callback does nothing.
  const unpacked = pipeline(Readable.from(whole()), createGunzip(), () => {});
  try {
    await readAptIndex(limited(unpacked, refuse), index, refuse);
  } catch (error) {
    if (!isZlib(error)) throw error;
    throw notNow(answer.address, 'the package list is truncated or damaged.', { cause: error });
  }
}

const MAX_LIST = 400 * 1024 * 1024;

/** Limits the decompressed size, because a few bytes can decompress to any size. */
async function* limited(
  pieces: AsyncIterable<Uint8Array>,
  refuse: (message: string) => Error,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > MAX_LIST) throw refuse('the package list is too large.');
    yield piece;
  }
}

const isZlib = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.startsWith('Z_');

function readVersion(
  version: string,
  stanza: AptStanza,
  index: AptIndex,
  count: DocumentCount,
): FetchedVersion[] {
  if (!isStorableName(version)) return [];
  const dependencies = FIELDS.flatMap(([field, type]) =>
    splitRelations(stanza.get(field) ?? '').flatMap((relation) =>
      readRelation(relation, type, index),
    ),
  );
  count.addDependencies(dependencies.length, dependencies.length);
  const order = versionOrder('apt', version);
  return [{ version, ...order, publishedAt: undefined, yanked: false, dependencies }];
}

/**
 * The package that apt would install: the first alternative that exists, or the first provider of
 * an alternative. Otherwise the first alternative.
 */
function readRelation(
  relation: string,
  type: DependencyType,
  index: AptIndex,
): FetchedDependency[] {
  const alternatives = readAlternatives(relation);
  const real = alternatives.find(({ name }) => index.has(name))?.name;
  const standIn = alternatives.flatMap(({ name }) => index.providersOf(name))[0];
  const name = real ?? standIn ?? alternatives[0]?.name;
  return name === undefined || !isStorableName(name)
    ? []
    : [{ name, range: cutTo(relation, MAX_RANGE), type }];
}
