import type { DependencyType } from '../../tables/package-dependencies.ts';
import { malformed } from '../http/fetch-failure.ts';
import type { HttpClient } from '../http/http-client.ts';
import { isRecord, readJsonObject } from '../json/read-json.ts';
import { badName } from './bad-name.ts';
import { defaultDocumentLimits, DocumentCount, type DocumentLimits } from './document-limits.ts';
import { addressOf } from './registry-address.ts';
import type {
  FetchedDependency,
  FetchOptions,
  FetchResult,
  RegistryAdapter,
} from './registry-adapter.ts';
import { isStorableName, storableText } from './storable-text.ts';
import { versionOrder } from './version-order.ts';
import { repositoryAddress, webAddressOf } from './web-address-of.ts';

const NAME = /^[a-z0-9][a-z0-9+@._-]*$/i;

const FIELDS: readonly (readonly [field: string, type: DependencyType])[] = [
  ['dependencies', 'runtime'],
  ['recommended_dependencies', 'optional'],
  ['optional_dependencies', 'optional'],
  ['build_dependencies', 'dev'],
  ['test_dependencies', 'dev'],
];

/** Homebrew's JSON API: one document per formula, with one version. */
export class BrewRegistry implements RegistryAdapter {
  readonly registry = 'brew';
  readonly #base: URL;
  readonly #http: HttpClient;
  readonly #limits: DocumentLimits;

  constructor(base: URL, http: HttpClient, limits: DocumentLimits = defaultDocumentLimits) {
    this.#base = base;
    this.#http = http;
    this.#limits = limits;
  }

  async fetchPackage(name: string, { etag, signal }: FetchOptions): Promise<FetchResult> {
    if (!NAME.test(name) || !isStorableName(name)) throw badName('brew', name);
    const address = addressOf(this.#base, `formula/${encodeURIComponent(name)}.json`);
    const request = { accept: 'application/json', types: ['application/json'], etag, signal };
    const answer = await this.#http.get(address, request, async (body) => ({
      formula: await readJsonObject(body),
      etag: body.etag,
    }));
    if (answer.state !== 'found') return answer;
    const { formula } = answer.value;
    if (formula['name'] !== name) throw malformed(address, `the answer is not about ${name}.`);
    const version = versionOf(formula);
    if (version === undefined || !isStorableName(version)) {
      throw malformed(address, 'the formula has no stable version.');
    }
    const dependencies = brewDependencies(formula);
    new DocumentCount(address, this.#limits).addDependencies(
      dependencies.length,
      dependencies.length,
    );
    const scheme = formula['version_scheme'];
    return {
      state: 'found',
      package: {
        name,
        description: storableText(formula['desc'], 10_000),
        homepage: webAddressOf(formula['homepage']),
        repository: sourceOf(formula),
        versions: [
          {
            version,
            ...versionOrder('brew', version, typeof scheme === 'number' ? scheme : 0),
            publishedAt: undefined,
            yanked: false,
            dependencies,
          },
        ],
        tags: new Map([['stable', version]]),
        etag: answer.value.etag,
      },
    };
  }
}

/** Version in Homebrew's form: `1.2.3_1` is revision 1 of 1.2.3. */
function versionOf(formula: Readonly<Record<string, unknown>>): string | undefined {
  const { versions, revision } = formula;
  const stable = isRecord(versions) ? versions['stable'] : undefined;
  if (typeof stable !== 'string') return undefined;
  return typeof revision === 'number' && revision > 0 ? `${stable}_${revision}` : stable;
}

/** A formula depends on other formulae without a version range. */
function brewDependencies(formula: Readonly<Record<string, unknown>>): FetchedDependency[] {
  const found = new Map<string, FetchedDependency>();
  const add = (name: unknown, type: DependencyType): void => {
    if (typeof name !== 'string' || !isStorableName(name)) return;
    const key = `${type} ${name}`;
    if (!found.has(key)) found.set(key, { name, range: '', type });
  };
  for (const [field, type] of FIELDS) for (const name of listOf(formula[field])) add(name, type);
  // Provided by macOS but not by Linux: a name, or a name with its purpose.
  for (const one of listOf(formula['uses_from_macos'])) {
    if (!isRecord(one)) add(one, 'optional');
    else for (const name of Object.keys(one)) add(name, 'dev');
  }
  return [...found.values()];
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The URL of the development version. The other URLs are archives, not repositories. */
function sourceOf({ urls }: Readonly<Record<string, unknown>>): string | null {
  const head = isRecord(urls) ? urls['head'] : undefined;
  return isRecord(head) ? repositoryAddress(head['url']) : null;
}
