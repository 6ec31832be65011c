import { defineQueries, defineQueryWithType } from '@rocicorp/zero';
import * as z from 'zod/v4/mini';
import { moment, rowId } from '../../../guard/crud/arguments.ts';
import type { McpPrincipal } from './principal.ts';
import { zql, type Schema } from './zero-schema.gen.ts';

const defineQuery = defineQueryWithType<Schema, McpPrincipal>();

/** The last row of the page before. */
const after = z.optional(z.strictObject({ id: rowId, updatedAt: moment }));
const limit = z._default(z.int().check(z.gte(1), z.lte(200)), 50);

/** A page of packages, last changed first. The access rules are added on the server. */
const newest = ({
  after: last,
  limit: size,
}: {
  after?: { id: string; updatedAt: number } | undefined;
  limit: number;
}) => {
  const sorted = zql.packages.orderBy('updatedAt', 'desc').orderBy('id', 'desc');
  return (last ? sorted.start(last) : sorted).limit(size);
};

/**
 * Named queries of package configurations. Full text, tags, patterns and metadata are searched on
 * the server with `searchPackages`, because ZQL does not filter arrays and JSON.
 */
export const queries = /* @__PURE__ */ defineQueries({
  packages: {
    /** The user's own packages. */
    mine: defineQuery(z.strictObject({ after, limit }), ({ args, ctx }) =>
      newest(args)
        .where('userId', ctx.sub ?? '')
        .related('usage'),
    ),
    /** The public packages, of everyone. */
    public: defineQuery(z.strictObject({ after, limit }), ({ args }) =>
      newest(args).where('visibility', 'public').related('usage'),
    ),
    /** Packages that others share with the user. */
    shared: defineQuery(z.strictObject({ after, limit }), ({ args, ctx }) =>
      newest(args)
        .where('visibility', 'shared')
        .whereExists('shares', (share) => share.where('userId', ctx.sub ?? '')),
    ),
    inCategory: defineQuery(z.strictObject({ categoryId: rowId, after, limit }), ({ args }) =>
      newest(args).where('categoryId', args.categoryId),
    ),
    /** A package with its category, versions, shares and dependencies. */
    one: defineQuery(z.strictObject({ id: rowId }), ({ args: { id } }) =>
      zql.packages
        .where('id', id)
        .related('category')
        .related('usage')
        .related('shares')
        .related('versions', (versions) => versions.orderBy('version', 'desc').limit(50))
        .related('dependencies', (edges) => edges.related('dependsOn'))
        .one(),
    ),
  },
  categories: {
    all: defineQuery(() => zql.categories.orderBy('name', 'asc')),
  },
});
