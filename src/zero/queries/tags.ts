import { defineQuery } from '@rocicorp/zero';
import * as z from 'zod/mini';
import { cursor, limit, slug, text } from '../arguments.ts';
import { zql } from '../zero-schema.gen.ts';
import { pageOf } from './page-of.ts';
import { startsWith } from './starts-with.ts';

const page = { after: z.optional(cursor), limit: z.optional(limit) };

export const tagQueries = {
  /** Tags by name. */
  list: defineQuery(
    z.strictObject({ text: z.optional(text(64)), ...page }),
    ({ args: { text, ...page } }) => {
      const alive = zql.tags.where('deletedAt', 'IS', null);
      const found = text ? alive.where('name', 'ILIKE', startsWith(text)) : alive;
      return pageOf(found, 'name', 'asc', page);
    },
  ),

  /** One tag; its packages are a search for it. */
  page: defineQuery(z.strictObject({ slug }), ({ args }) =>
    zql.tags.where('slug', args.slug).one(),
  ),

  /** What was deleted, for those who may restore it. */
  deleted: defineQuery(z.strictObject(page), ({ args }) =>
    pageOf(
      zql.tags.where('deletedAt', 'IS NOT', null).related('deleter'),
      'deletedAt',
      'desc',
      args,
    ),
  ),
};
