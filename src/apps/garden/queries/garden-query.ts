import {
  preparedQuery,
  type PreparedQuery,
  type QueryDefinition,
} from '../../../postgres/queries/prepared-query.ts';
import type { Samples } from './find-samples.ts';

/** A query with sample values. */
export interface GardenQuery<Values extends Record<string, unknown>, Row> extends PreparedQuery<
  Values,
  Row
> {
  /** Values for which the query returns rows in this database. */
  sample(found: Samples): Values;
}

type GardenDefinition<Values extends Record<string, unknown>, Row> = QueryDefinition<Values, Row> &
  Pick<GardenQuery<NoInfer<Values>, Row>, 'sample'>;

/** Defines a query of the garden. See `preparedQuery`. */
export function gardenQuery<Values extends Record<string, unknown>, Row>({
  sample,
  ...definition
}: GardenDefinition<Values, Row>): GardenQuery<Values, Row> {
  return Object.assign(preparedQuery<Values, Row>(definition), { sample });
}
