import {
  ApplicationError,
  defineMutators,
  defineMutatorWithType,
  type AnyMutatorRegistry,
} from '@rocicorp/zero';
import type { ServerContext } from '../server/index.ts';
import { newRequest } from '../zero/mutators/requests.ts';
import { signedIn } from '../zero/mutators/signed-in.ts';
import { mutators } from '../zero/index.ts';
import type { schema } from '../zero/zero-schema.gen.ts';
import type { Requested, RequestDatabase, RequestPackage } from './request-package.ts';

const defineMutator = defineMutatorWithType<typeof schema, ServerContext<RequestDatabase>>();

/** The garden's mutators as the server runs them: the queue decides about requests. */
export const serverMutators = (requestPackage: RequestPackage): AnyMutatorRegistry =>
  defineMutators(mutators, {
    requests: {
      create: defineMutator(newRequest, async ({ args: { id, packageName, registry }, ctx }) => {
        const wish = { id, packageName, registry, requestedBy: signedIn(ctx) };
        const requested = await ctx.asServer((db) => requestPackage(db, wish));
        if (requested.state !== 'queued') throw refused(requested);
      }),
    },
  });

const REASONS = {
  active: 'this package is already waiting or being fetched.',
  fresh: 'this package was fetched within the last hour.',
  limited: 'too many requests; wait a little.',
} as const;

/** What makes the client take its optimistic request back, with a reason for the person. */
function refused(requested: Exclude<Requested, { state: 'queued' }>): ApplicationError {
  const { state } = requested;
  return new ApplicationError(`refused: ${REASONS[state]}`, {
    details: {
      code: `requests/${state}`,
      ...('retryAt' in requested ? { retryAt: requested.retryAt.getTime() } : {}),
    },
  });
}
