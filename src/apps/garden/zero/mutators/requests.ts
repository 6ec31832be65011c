import { defineMutator } from '@rocicorp/zero';
import * as z from 'zod/mini';
import { moment, registry, rowId, printable } from '../arguments.ts';
import { checked } from '../checked.ts';
import { signedIn } from './signed-in.ts';

/** What asks for a package: an id and a time of the client's own, so that it can show the request. */
export const newRequest = checked(
  z.strictObject({
    id: rowId,
    packageName: printable(256),
    registry,
    at: moment,
  }),
);

export const requestMutators = {
  /** Asks for a package. On the server the queue decides, and may refuse. */
  create: defineMutator(newRequest, async ({ tx, args: { at, ...args }, ctx }) => {
    await tx.mutate.packageRequests.insert({
      ...args,
      requestedBy: signedIn(ctx),
      isAutoQueued: false,
      depth: 0,
      priority: 50,
      status: 'pending',
      attemptCount: 0,
      runAt: at,
      createdAt: at,
      updatedAt: at,
    });
  }),

  /** Takes back a request that no worker has begun. */
  cancel: defineMutator(
    checked(z.strictObject({ id: rowId, at: moment })),
    async ({ tx, args, ctx }) => {
      signedIn(ctx);
      await tx.mutate.packageRequests.update({
        id: args.id,
        status: 'cancelled',
        updatedAt: args.at,
      });
    },
  ),
};
