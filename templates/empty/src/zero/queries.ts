import { defineQueries, defineQuery } from '@rocicorp/zero';
import { zql } from './zero-schema.gen.ts';
import './context.ts';

/** Your named queries. The server adds the access rules to each of them. */
export const queries = defineQueries({
  notes: {
    list: defineQuery(() => zql.notes.orderBy('createdAt', 'desc').limit(100)),
  },
});
