import { defineQuery } from '@rocicorp/zero';
import * as z from 'zod/v4/mini';
import { DEFAULT_LIMIT, limit, moment, momentCursor, registry, rowId } from '../arguments.ts';
import { checked } from '../checked.ts';
import { zql } from '../zero-schema.gen.ts';
import { pageOf } from './page-of.ts';

/** Maximum number of follow-up requests per request. */
const CHAIN_LIMIT = 200;

export const requestQueries = {
  /** The user's requests, newest first, with their follow-up requests. */
  mine: defineQuery(
    checked(z.strictObject({ after: z.optional(momentCursor), limit: z.optional(limit) })),
    ({ args, ctx: { sub } }) => {
      const mine =
        sub === undefined
          ? zql.packageRequests.where('id', 'IN', [])
          : zql.packageRequests.where('requestedBy', sub);
      return pageOf(
        mine
          .related('package')
          .related('chain', (chain) => chain.orderBy('createdAt', 'asc').limit(CHAIN_LIMIT)),
        'createdAt',
        'desc',
        args,
      );
    },
  ),

  /** A request with its follow-up requests. */
  page: defineQuery(checked(z.strictObject({ id: rowId })), ({ args }) =>
    zql.packageRequests
      .where('id', args.id)
      .related('package')
      .related('source')
      .related('chain', (chain) => chain.orderBy('createdAt', 'asc').limit(CHAIN_LIMIT))
      .one(),
  ),

  /**
   * Requests in claim order. Defaults to pending and fetching requests; `status` selects others or
   * all. Only staff see requests of other users.
   */
  queue: defineQuery(
    checked(
      z.strictObject({
        status: z.optional(
          z.enum(['all', 'pending', 'fetching', 'completed', 'failed', 'cancelled']),
        ),
        registry: z.optional(registry),
        after: z.optional(z.strictObject({ priority: z.int(), runAt: moment, id: rowId })),
        limit: z.optional(limit),
      }),
    ),
    ({ args: { status, registry, after, limit = DEFAULT_LIMIT } }) => {
      let found = zql.packageRequests
        .related('requester')
        .orderBy('priority', 'desc')
        .orderBy('runAt', 'asc')
        .orderBy('id', 'asc');
      if (!status) found = found.where('status', 'IN', ['pending', 'fetching']);
      else if (status !== 'all') found = found.where('status', status);
      if (registry) found = found.where('registry', registry);
      return (after ? found.start(after) : found).limit(limit);
    },
  ),
};
