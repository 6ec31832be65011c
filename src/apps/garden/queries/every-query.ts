import * as advisories from './advisories.ts';
import * as browse from './browse.ts';
import * as dependencyGraph from './dependency-graph.ts';
import * as dependents from './dependents.ts';
import * as packageDetails from './package-details.ts';
import * as requests from './requests.ts';
import * as search from './search.ts';
import * as tagFilter from './tag-filter.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import type { Statement } from '../../../postgres/queries/prepared-query.ts';
import type { Samples } from './find-samples.ts';
import type { GardenQuery } from './garden-query.ts';

/** A query with sample values from the database. */
export interface NamedQuery {
  readonly name: string;
  readonly summary: string;
  statement(db: AnyDatabase, samples: Samples): Statement;
  run(db: AnyDatabase, samples: Samples): Promise<readonly unknown[]>;
  /** The query itself, for other values. */
  readonly query: AnyQuery;
}

type AnyQuery = GardenQuery<Record<string, unknown>, unknown>;

const MODULES = [
  advisories,
  browse,
  dependencyGraph,
  dependents,
  packageDetails,
  requests,
  search,
  tagFilter,
];

/** All queries of this folder. */
export const everyQuery: readonly NamedQuery[] = MODULES.flatMap((module): readonly unknown[] =>
  Object.values(module),
)
  .filter((one): one is AnyQuery => typeof one === 'function' && 'sample' in one)
  .map((query) => ({
    name: query.name,
    summary: query.summary,
    statement: (db, samples) => query.statement(db, query.sample(samples)),
    run: (db, samples) => query(db, query.sample(samples)),
    query,
  }));
