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

const BELIEVED = 15 * 60 * 1000;

interface AptOptions {
  /** How long a list is believed before the server is asked whether it changed, in milliseconds. */
  readonly believed?: number;
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
 * An archive of Debian packages. It has one list of all packages and no document
 * for each, so the list is loaded once and asked in memory.
 */
export class AptRegistry implements RegistryAdapter {
  readonly registry = 'apt';
  readonly #lists: readonly URL[];
  readonly #http: HttpClient;
  readonly #believed: number;
  readonly #limits: DocumentLimits;
  #loaded: Loaded | undefined;
  #load: Load | undefined;

  constructor(
    lists: readonly URL[],
    http: HttpClient,
    { believed = BELIEVED, limits = defaultDocumentLimits }: AptOptions = {},
  ) {
    this.#lists = lists;
    this.#http = http;
    this.#believed = believed;
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
        // The first line; the rest is in a list of translations.
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

  /** All that ask at once wait for one load. It is stopped when nobody waits for it any more. */
  async #current(signal: AbortSignal): Promise<Loaded> {
    signal.throwIfAborted();
    const loaded = this.#loaded;
    if (loaded !== undefined && Date.now() - loaded.at < this.#believed) return loaded;
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
        // At once: whoever comes next must not wait for what is being stopped.
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
    if (before !== undefined && (await this.#stillStands(before, signal))) {
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
    if (index.size === 0) throw malformed(this.#lists[0]!, 'the package list names no package.');
    return { index, etags, at: Date.now() };
  }

  /** Whether every server says that its list is the one that we have. */
  async #stillStands({ etags }: Loaded, signal: AbortSignal): Promise<boolean> {
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

/** Lists come plain or gzipped; the first bytes say which, whatever the name or the type says. */
async function readList(answer: HttpAnswer, index: AptIndex): Promise<void> {
  const refuse = (message: string): Error => malformed(answer.address, message);
  const pieces = answer.body[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (first.done === true) throw notNow(answer.address, 'the package list is empty.');
  const head = first.value;
  if (head[0] === 0xfd && head[1] === 0x37) {
    throw refuse(
      'the package list is packed with xz, which is not read here: give the .gz or the plain one.',
    );
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield head;
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next())
      yield next.value;
  }
  const packed = head[0] === 0x1f && head[1] === 0x8b;
  if (!packed) return readAptIndex(whole(), index, refuse);
  // Whoever reads the unpacked end hears of every failure; the callback has nothing to add.
  const unpacked = pipeline(Readable.from(whole()), createGunzip(), () => {});
  try {
    await readAptIndex(limited(unpacked, refuse), index, refuse);
  } catch (error) {
    if (!isZlib(error)) throw error;
    throw notNow(answer.address, 'the package list is cut or damaged.', { cause: error });
  }
}

const MAX_LIST = 400 * 1024 * 1024;

/** What a few bytes unpack to may have no end. */
async function* limited(
  pieces: AsyncIterable<Uint8Array>,
  refuse: (message: string) => Error,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > MAX_LIST) throw refuse('the package list is larger than any archive.');
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
 * The package that apt would take: the first alternative that there is, or the first
 * that another package stands in for. Where there is none, the first that is named.
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
