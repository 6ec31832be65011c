import { schema } from '../../../src/apps/garden/zero/index.ts';
import { craftedQueries } from '../../hostile/crafted-messages.ts';
import {
  openRawClient as openAnyRawClient,
  type RawClient,
  type RawOptions,
} from '../../hostile/raw-client.ts';

/** A raw client of the garden. */
export const openRawClient = (options: RawOptions): Promise<RawClient> =>
  openAnyRawClient(schema, options);

export const crafted: readonly object[] = craftedQueries(schema);
