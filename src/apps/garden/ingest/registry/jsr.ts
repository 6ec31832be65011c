import { malformed } from '../http/fetch-failure.ts';
import type { HttpClient } from '../http/http-client.ts';
import { isRecord, readJsonObject } from '../json/read-json.ts';
import { badName } from './bad-name.ts';
import { defaultDocumentLimits, DocumentCount, type DocumentLimits } from './document-limits.ts';
import { jsrDependencies } from './jsr-specifiers.ts';
import { addressOf } from './registry-address.ts';
import type {
  FetchedDependency,
  FetchedVersion,
  FetchOptions,
  FetchResult,
  RegistryAdapter,
} from './registry-adapter.ts';
import { isStorableName } from './storable-text.ts';
import { versionOrder } from './version-order.ts';
import { repositoryAddress } from './web-address-of.ts';

const NAME = /^@[a-z][a-z0-9-]{0,99}\/[a-z][a-z0-9-]{0,99}$/;
const TYPES = ['application/json'];
/** A version is a path segment in the address of its document. */
const VERSION = /^[0-9A-Za-z.+-]+$/;

/**
 * JSR: `meta.json` lists the versions of a package, and each version has its own document. A
 * published version never changes, so only the documents of new versions are requested.
 */
export class JsrRegistry implements RegistryAdapter {
  readonly registry = 'jsr';
  readonly #base: URL;
  readonly #http: HttpClient;
  readonly #limits: DocumentLimits;

  constructor(base: URL, http: HttpClient, limits: DocumentLimits = defaultDocumentLimits) {
    this.#base = base;
    this.#http = http;
    this.#limits = limits;
  }

  async fetchPackage(name: string, { etag, known, signal }: FetchOptions): Promise<FetchResult> {
    if (!NAME.test(name)) throw badName('jsr', name);
    const address = addressOf(this.#base, `${name}/meta.json`);
    const request = { accept: 'application/json', types: TYPES, etag, signal };
    const answer = await this.#http.get(address, request, async (body) => ({
      meta: await readJsonObject(body),
      etag: body.etag,
    }));
    if (answer.state !== 'found') return answer;
    const { meta } = answer.value;
    const listed = meta['versions'];
    if (`@${String(meta['scope'])}/${String(meta['name'])}` !== name || !isRecord(listed)) {
      throw malformed(address, `the answer is not about ${name}, or lists no versions.`);
    }
    const count = new DocumentCount(address, this.#limits);
    count.addVersions(Object.keys(listed).length);
    const stored = (await known?.()) ?? new Set<string>();
    // If one document fails, the package cannot be stored, so the other requests are aborted.
    const failed = new AbortController();
    const reading: Reading = {
      known: stored,
      shared: new Map(),
      count,
      signal: AbortSignal.any([signal, failed.signal]),
    };
    const versions = await Promise.all(
      Object.entries(listed)
        .filter(([version]) => VERSION.test(version) && isStorableName(version))
        .map(async ([version, about]) => this.#readVersion(name, version, about, reading)),
    ).catch((error: unknown) => {
      failed.abort(error);
      throw error;
    });
    const latest = meta['latest'];
    return {
      state: 'found',
      package: {
        name,
        // `meta.json` has neither of these.
        description: undefined,
        homepage: undefined,
        repository: repositoryOf(meta['githubRepository']),
        versions,
        tags: new Map(
          typeof latest === 'string' && Object.hasOwn(listed, latest) ? [['latest', latest]] : [],
        ),
        etag: answer.value.etag,
      },
    };
  }

  async #readVersion(
    name: string,
    version: string,
    about: unknown,
    reading: Reading,
  ): Promise<FetchedVersion> {
    const { yanked, createdAt } = isRecord(about) ? about : {};
    return {
      version,
      ...versionOrder('jsr', version),
      publishedAt: readTime(createdAt),
      yanked: yanked === true,
      dependencies: reading.known.has(version)
        ? undefined
        : await this.#dependencies(name, version, reading),
    };
  }

  async #dependencies(
    name: string,
    version: string,
    { shared, count, signal }: Reading,
  ): Promise<readonly FetchedDependency[]> {
    const address = addressOf(this.#base, `${name}/${version}_meta.json`);
    const request = { accept: 'application/json', types: TYPES, signal };
    const answer = await this.#http.get(address, request, readJsonObject);
    if (answer.state === 'found') {
      const dependencies = jsrDependencies(answer.value, shared, (read) => count.holdVersion(read));
      count.addDependencies(dependencies.length, shared.size);
      return dependencies;
    }
    throw malformed(address, 'the version is listed but has no document.');
  }
}

/** Shared state while the versions of one package are read. */
interface Reading {
  /** Versions whose dependencies are already stored. */
  readonly known: ReadonlySet<string>;
  readonly shared: Map<string, FetchedDependency>;
  readonly count: DocumentCount;
  readonly signal: AbortSignal;
}

/**
 * `undefined` if no repository is linked. Documents from before JSR had links lack this member too.
 */
function repositoryOf(linked: unknown): string | null | undefined {
  if (!isRecord(linked)) return undefined;
  const { owner, name } = linked;
  return repositoryAddress(`github:${String(owner)}/${String(name)}`);
}

function readTime(value: unknown): Date | undefined {
  const time = typeof value === 'string' ? new Date(value) : undefined;
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time;
}
