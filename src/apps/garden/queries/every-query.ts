import * as queries from './index.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import type { Statement } from '../../../queries/prepared-query.ts';
import { sampleValues, type Samples } from './sample-values.ts';

/** A query with values that find something in the garden at hand. */
export interface NamedQuery {
  readonly name: string;
  readonly summary: string;
  statement(db: AnyDatabase, samples: Samples): Statement;
  run(db: AnyDatabase, samples: Samples): Promise<readonly unknown[]>;
}

type AnyQuery = queries.PreparedQuery<Record<string, unknown>, unknown>;

/** Every query of this folder, by its name. */
export const everyQuery: readonly NamedQuery[] = (Object.values(queries) as readonly unknown[])
  .filter((one): one is AnyQuery => typeof one === 'function' && 'statement' in one)
  .map((query) => ({
    name: query.name,
    summary: query.summary,
    statement: (db, samples) => query.statement(db, sampleValues(query.name, samples)),
    run: (db, samples) => query(db, sampleValues(query.name, samples)),
  }));
