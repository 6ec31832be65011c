import { FetchFailure, showAddress } from '../http/fetch-failure.ts';

/** How much the document of one package may hold. */
export interface DocumentLimits {
  /** Versions of a package. */
  readonly versions: number;
  /** Dependencies of one version. */
  readonly versionDependencies: number;
  /** Dependencies of all versions together. */
  readonly dependencies: number;
  /**
   * Dependencies of all versions together that differ in name, range or type. Versions
   * share those that are the same, so that this one bounds the memory.
   */
  readonly differentDependencies: number;
}

/** Several times as much as the largest documents of public registries hold. */
export const defaultDocumentLimits: DocumentLimits = {
  versions: 50_000,
  versionDependencies: 10_000,
  dependencies: 1_500_000,
  differentDependencies: 250_000,
};

/** Counts what a document holds while it is read, and ends the reading where that is too much. */
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

  /** A date that the document has for a version. Unpublished versions keep theirs. */
  addTime(): void {
    this.#times += 1;
    if (this.#times > 2 * this.#limits.versions) this.#refuse('versions', this.#limits.versions);
  }

  /** The dependencies of one version, of which so many have been read. */
  holdVersion(count: number): void {
    this.#hold('versionDependencies', count);
  }

  /** All dependencies of one more version, and how many different ones there are now in all. */
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
        fix: `where the document is known to be good, raise ${limit} in the limits of configureRegistries, or --max-versions or --max-dependencies of garden worker.`,
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
