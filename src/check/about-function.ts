import { functionName, type DatabaseFunction } from '../model/database-function.ts';
import type { Violation } from './lint-rule.ts';

/** A function of a database. It has no place in the source. */
export const aboutFunction = (one: DatabaseFunction): Pick<Violation, 'object' | 'places'> => ({
  object: functionName(one),
  places: [],
});
