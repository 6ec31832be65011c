import { defineQueries, defineQuery, type Query } from '@rocicorp/zero';
import * as z from 'zod/mini';
import { zql, type schema } from './zero-schema.gen.ts';
import './context.ts';

const nobody = '00000000-0000-0000-0000-000000000000';

// The rules for reading. Each query must apply them to each table that it reads.
const ownMembership =
  (sub = nobody) =>
  (q: Query<'members', typeof schema>) =>
    q.where('userId', sub);
const readableOrganisations = (sub = nobody) =>
  zql.organisations.where(({ or, cmp, exists }) =>
    or(cmp('createdBy', sub), exists('members', ownMembership(sub))),
  );
const readableIssues = (sub = nobody) =>
  zql.issues.whereExists('organisation', (o) => o.whereExists('members', ownMembership(sub)));

export const queries = defineQueries({
  organisations: {
    list: defineQuery(({ ctx: { sub } }) =>
      readableOrganisations(sub)
        .related('members', (m) =>
          m.where(({ or, cmp, exists }) =>
            or(
              cmp('userId', sub ?? nobody),
              exists('organisation', (o) => o.whereExists('members', ownMembership(sub))),
            ),
          ),
        )
        .orderBy('name', 'asc'),
    ),
  },
  issues: {
    list: defineQuery(z.object({ organisationId: z.uuid() }), ({ args, ctx: { sub } }) =>
      readableIssues(sub)
        .where('organisationId', args.organisationId)
        // Comments are readable with their issue.
        .related('comments', (comments) => comments.orderBy('createdAt', 'asc'))
        .orderBy('createdAt', 'desc')
        .limit(100),
    ),
  },
});
