import { defineQueries, defineQuery } from '@rocicorp/zero';
import * as z from 'zod/mini';
import { zql } from './zero-schema.gen.ts';
import './context.ts';

/** The named queries. The server adds the access rules to each of them. */
export const queries = defineQueries({
  organisations: {
    list: defineQuery(() => zql.organisations.related('members').orderBy('name', 'asc')),
  },
  issues: {
    list: defineQuery(z.object({ organisationId: z.uuid() }), ({ args: { organisationId } }) =>
      zql.issues
        .where('organisationId', organisationId)
        .related('comments', (comments) => comments.orderBy('createdAt', 'asc'))
        .orderBy('createdAt', 'desc')
        .limit(100),
    ),
  },
});
