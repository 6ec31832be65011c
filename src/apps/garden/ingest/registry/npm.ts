import npa from 'npm-package-arg';
import { malformed } from '../http/fetch-failure.ts';
import type { HttpAnswer, HttpClient } from '../http/http-client.ts';
import { isRecord, readJsonObject, readJsonPieces } from '../json/read-json.ts';
import { badName } from './bad-name.ts';
import { defaultDocumentLimits, DocumentCount, type DocumentLimits } from './document-limits.ts';
import { npmDependencies } from './npm-dependencies.ts';
import { addressOf } from './registry-address.ts';
import type {
  FetchedDependency,
  FetchedPackage,
  FetchOptions,
  FetchResult,
  RegistryAdapter,
} from './registry-adapter.ts';
import { isStorableName, storableText } from './storable-text.ts';
import { versionOrder } from './version-order.ts';
import { repositoryAddress, webAddressOf } from './web-address-of.ts';

/** The abbreviated document, which has the data for an installation. */
const ABBREVIATED = 'application/vnd.npm.install-v1+json';
const TYPES = [ABBREVIATED, 'application/json'];
const MAX_TAGS = 500;

/** A registry with npm's protocol. */
export class NpmRegistry implements RegistryAdapter {
  readonly registry = 'npm';
  readonly #base: URL;
  readonly #http: HttpClient;
  readonly #limits: DocumentLimits;

  constructor(base: URL, http: HttpClient, limits: DocumentLimits = defaultDocumentLimits) {
    this.#base = base;
    this.#http = http;
    this.#limits = limits;
  }

  async fetchPackage(name: string, { etag, signal }: FetchOptions): Promise<FetchResult> {
    refuseBadName(name);
    const path = name.replace('/', '%2f');
    const answer = await this.#http.get(
      addressOf(this.#base, path),
      { accept: `${ABBREVIATED}; q=1.0, application/json; q=0.8`, types: TYPES, etag, signal },
      async (body) => readPackument(name, body, new DocumentCount(body.address, this.#limits)),
    );
    if (answer.state !== 'found') return answer;
    const { about, ...found } = answer.value;
    // The abbreviated document does not describe the package. The manifest of the latest version
    // does, in a few kilobytes, while the full document can have a hundred megabytes.
    const manifest = about ?? (await this.#latestManifest(path, found.tags, signal));
    return { state: 'found', package: { ...found, ...describe(manifest) } };
  }

  async #latestManifest(
    path: string,
    tags: ReadonlyMap<string, string>,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, unknown>> | undefined> {
    if (!tags.has('latest')) return undefined;
    const request = { accept: 'application/json', types: TYPES, signal };
    const answer = await this.#http.get(
      addressOf(this.#base, `${path}/latest`),
      request,
      readJsonObject,
    );
    return answer.state === 'found' ? answer.value : undefined;
  }
}

const MAX_PLAIN_NAME = 214;
/** Fast check for common names. Parsing with npm-package-arg takes a hundred times as long. */
const PLAIN_NAME = /^(?:@[a-z\d][a-z\d-]*\/)?[a-z\d][a-z\d-]*$/;

function refuseBadName(name: string): void {
  if (name.length <= MAX_PLAIN_NAME && PLAIN_NAME.test(name)) return;
  try {
    // Throws for invalid names, including `..` and `a/../b`.
    if (npa.resolve(name, '*').registry && isStorableName(name)) return;
  } catch {
    // Reported below.
  }
  throw badName('npm', name);
}

type Packument = Pick<FetchedPackage, 'name' | 'versions' | 'tags' | 'etag'> & {
  readonly about: Readonly<Record<string, unknown>> | undefined;
};

/** Fields that only the full document has. */
const ABOUT = ['description', 'homepage', 'repository'];

async function readPackument(
  name: string,
  answer: HttpAnswer,
  count: DocumentCount,
): Promise<Packument> {
  const manifests = new Map<string, readonly FetchedDependency[]>();
  const shared = new Map<string, FetchedDependency>();
  const times = new Map<string, unknown>();
  const fields: Record<string, unknown> = {};
  /** Descriptions of the versions that have one. */
  const described = new Map<string, Readonly<Record<string, unknown>>>();
  await readJsonPieces(
    answer,
    { whole: ['name', 'dist-tags', ...ABOUT], split: ['versions', 'time'] },
    ({ parent, key, value }) => {
      if (parent === 'time') {
        count.addTime();
        times.set(key, value);
      } else if (parent === undefined) fields[key] = value;
      else if (isRecord(value)) {
        count.addVersions(1);
        const dependencies = npmDependencies(value, shared, (read) => count.holdVersion(read));
        count.addDependencies(dependencies.length, shared.size);
        manifests.set(key, dependencies);
        if ('description' in value) described.set(key, pick(value, ABOUT));
      }
    },
  );
  if (fields['name'] !== name) {
    const other = JSON.stringify(fields['name'])?.slice(0, 100) ?? 'nothing';
    throw malformed(
      answer.address,
      `the response is about ${other}, not about ${JSON.stringify(name)}.`,
    );
  }
  // Reading this as an empty list would mark every version as gone.
  if (fields['versions'] !== undefined && fields['versions'] !== null) {
    throw malformed(answer.address, '"versions" is not an object.');
  }
  const tags = readTags(fields['dist-tags'], manifests);
  const versions = [...manifests].flatMap(([version, dependencies]) =>
    isStorableName(version)
      ? [
          {
            version,
            ...versionOrder('npm', version),
            publishedAt: readTime(times.get(version)),
            yanked: false,
            dependencies,
          },
        ]
      : [],
  );
  const own = pick(fields, ABOUT);
  return {
    name,
    versions,
    tags,
    etag: answer.etag,
    about: Object.keys(own).length > 0 ? own : described.get(tags.get('latest') ?? ''),
  };
}

const pick = (
  value: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    names.flatMap((name) => (Object.hasOwn(value, name) ? [[name, value[name]]] : [])),
  );

function readTags(
  value: unknown,
  versions: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, string> {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return new Map(
    entries
      .filter(
        (entry): entry is [string, string] =>
          typeof entry[1] === 'string' &&
          versions.has(entry[1]) &&
          isStorableName(entry[0]) &&
          isStorableName(entry[1]),
      )
      .slice(0, MAX_TAGS),
  );
}

function readTime(value: unknown): Date | undefined {
  const time = typeof value === 'string' ? new Date(value) : undefined;
  // npm did not exist before 2000, so an earlier date is a placeholder.
  return time !== undefined && time.getTime() > Date.UTC(2000) ? time : undefined;
}

const MAX_DESCRIPTION = 10_000;

function describe(
  manifest: Readonly<Record<string, unknown>> | undefined,
): Pick<FetchedPackage, 'description' | 'homepage' | 'repository'> {
  if (manifest === undefined) {
    return { description: undefined, homepage: undefined, repository: undefined };
  }
  return {
    description: storableText(manifest['description'], MAX_DESCRIPTION),
    homepage: webAddressOf(manifest['homepage']),
    repository: repositoryAddress(manifest['repository']),
  };
}
