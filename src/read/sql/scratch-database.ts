import type { CatalogQuery } from '../catalog/read-catalog.ts';

/** An empty database that may be modified and discarded. */
export interface ScratchDatabase {
  readonly query: CatalogQuery;
  /** Runs SQL that may contain several statements. Returns the notices, with their severity. */
  run(sql: string): PromiseLike<readonly string[]>;
}
