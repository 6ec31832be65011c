import { FetchFailure, showAddress } from '../http/fetch-failure.ts';

/** Limits for the document of one package. */
export interface DocumentLimits {
  /** Maximum number of versions. */
  readonly versions: number;
  /** Maximum number of dependencies of one version. */
  readonly versionDependencies: number;
  /** Maximum number of dependencies of all versions together. */
  readonly dependencies: number;
  /**
   * Maximum number of distinct dependencies (name, range, type) of all versions together. Versions
   * share equal dependencies, so this limit bounds the memory.
   */
  readonly differentDependencies: number;
}

/** Several times the size of the largest documents in public registries. */
export const defaultDocumentLimits: DocumentLimits = {
  versions: 50_000,
  versionDependencies: 10_000,
  dependencies: 1_500_000,
  differentDependencies: 250_000,
};

/** Counts the contents of a document while it is read, and throws if a limit is exceeded. */
export class DocumentCount {
  readonly #address: URL;
  readonly #limits: DocumentLimits;
  #versions = 0;
  #times = 0;
  #dependencies = 0;

  constructor(address: URL, limits: DocumentLimits) {
    this.#address = address;
    this.#limits = limits;
  }

  addVersions(count: number): void {
    this.#versions += count;
    this.#hold('versions', this.#versions);
  }

  /** Counts a publication date. Unpublished versions keep their dates. */
  addTime(): void {
    this.#times += 1;
    if (this.#times > 2 * this.#limits.versions) this.#refuse('versions', this.#limits.versions);
  }

  /** Checks the number of dependencies that have been read of one version. */
  holdVersion(count: number): void {
    this.#hold('versionDependencies', count);
  }

  /** Adds the dependencies of one version. `different` is the number of distinct ones so far. */
  addDependencies(count: number, different: number): void {
    this.holdVersion(count);
    this.#dependencies += count;
    this.#hold('dependencies', this.#dependencies);
    this.#hold('differentDependencies', different);
  }

  #hold(limit: keyof DocumentLimits, count: number): void {
    if (count > this.#limits[limit]) this.#refuse(limit, this.#limits[limit]);
  }

  #refuse(limit: keyof DocumentLimits, most: number): never {
    throw new FetchFailure(
      {
        code: 'ingest/too-large',
        message: `the document has more than ${most.toLocaleString('en-GB')} ${WORDS[limit]}, which is the limit of this worker.`,
        context: [showAddress(this.#address)],
        fix: `if you trust the document, raise ${limit} in the limits of configureRegistries, or use --max-versions or --max-dependencies of garden worker.`,
      },
      { retry: false },
    );
  }
}

const WORDS: Readonly<Record<keyof DocumentLimits, string>> = {
  versions: 'versions',
  versionDependencies: 'dependencies in one version',
  dependencies: 'dependencies in all versions together',
  differentDependencies: 'different dependencies in all versions together',
};
