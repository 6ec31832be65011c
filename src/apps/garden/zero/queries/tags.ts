import { defineQuery } from '@rocicorp/zero';
import * as z from 'zod/v4/mini';
import { limit, momentCursor, slug, text, textCursor } from '../arguments.ts';
import { checked } from '../checked.ts';
import { zql } from '../zero-schema.gen.ts';
import { pageOf } from './page-of.ts';
import { startsWith } from './starts-with.ts';

export const tagQueries = {
  /** Tags by name. */
  list: defineQuery(
    checked(
      z.strictObject({
        text: z.optional(text(64)),
        after: z.optional(textCursor),
        limit: z.optional(limit),
      }),
    ),
    ({ args: { text, ...page } }) => {
      const alive = zql.tags.where('deletedAt', 'IS', null);
      const found = text ? alive.where('name', 'ILIKE', startsWith(text)) : alive;
      return pageOf(found, 'name', 'asc', page);
    },
  ),

  /** A tag. Its packages are found with `packages.search`. */
  page: defineQuery(checked(z.strictObject({ slug })), ({ args }) =>
    zql.tags.where('slug', args.slug).one(),
  ),

  /** Deleted tags, for users who may restore them. */
  deleted: defineQuery(
    checked(z.strictObject({ after: z.optional(momentCursor), limit: z.optional(limit) })),
    ({ args }) =>
      pageOf(
        zql.tags.where('deletedAt', 'IS NOT', null).related('deleter'),
        'deletedAt',
        'desc',
        args,
      ),
  ),
};
