import { defineMutator } from '@rocicorp/zero';
import * as z from 'zod/v4/mini';
import { moment, registry, rowId, printable } from '../arguments.ts';
import { checked } from '../checked.ts';
import { signedIn } from './signed-in.ts';

/**
 * Arguments of a new request. The client chooses id and time, so that it can show the request
 * immediately.
 */
export const newRequest = checked(
  z.strictObject({
    id: rowId,
    packageName: printable(256),
    registry,
    at: moment,
  }),
);

export const requestMutators = {
  /** Requests a package. On the server the queue decides, and may refuse. */
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

  /** Cancels a request that no worker has claimed. */
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
