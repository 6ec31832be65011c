import {
  ApplicationError,
  defineMutators,
  defineMutatorWithType,
  type AnyMutatorRegistry,
} from '@rocicorp/zero';
import { enqueue, type Enqueued } from '../queue/enqueue.ts';
import type { QueueDatabase } from '../queue/queue-database.ts';
import type { QueueSettings } from '../queue/settings.ts';
import type { ServerContext } from '../../../endpoints/server-context.ts';
import { mutators } from '../zero/index.ts';
import { newRequest } from '../zero/mutators/requests.ts';
import { signedIn } from '../zero/mutators/signed-in.ts';
import type { schema } from '../zero/zero-schema.gen.ts';

const defineMutator = defineMutatorWithType<typeof schema, ServerContext<QueueDatabase>>();

/** The garden's mutators for the server. The queue decides about requests. */
export const serverMutators = (settings?: Partial<QueueSettings>): AnyMutatorRegistry =>
  defineMutators(mutators, {
    requests: {
      create: defineMutator(newRequest, async ({ args: { id, packageName, registry }, ctx }) => {
        const request = { id, packageName, registry, requestedBy: signedIn(ctx) };
        const enqueued = await ctx.asServer((db) => enqueue(db, request, settings));
        if (enqueued.state === 'queued') return;
        // The queue has raised the priority of the pending request. `ctx.refuse` commits that
        // change.
        if (enqueued.state === 'active') ctx.refuse(refused(enqueued));
        else throw refused(enqueued);
      }),
    },
  });

type Refused = Exclude<Enqueued, { readonly state: 'queued' }>;

const REASONS: Readonly<Record<Refused['state'], string>> = {
  active: 'this package is already queued or being fetched.',
  fresh: 'this package was fetched recently.',
  limited: 'you have reached the request limit; try again later.',
  'over-budget': 'the original request has used up its budget.',
  'too-deep': 'the dependency chain of the original request is too long.',
};

/**
 * Error that rolls back the request on the client, with a reason for the user and a code for the
 * page.
 */
function refused(enqueued: Refused): ApplicationError {
  const { state } = enqueued;
  return new ApplicationError(`refused: ${REASONS[state]}`, {
    details: {
      code: `requests/${state}`,
      ...('retryAt' in enqueued ? { retryAt: enqueued.retryAt.getTime() } : {}),
    },
  });
}
