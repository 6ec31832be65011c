import type { Schema } from '../../model/schema.ts';
import type { Principals } from './read-claims.ts';

/** A schema, and the principals that `--as` can name. */
export interface NamedSchema {
  readonly schema: Schema;
  readonly principals?: Principals | undefined;
}
