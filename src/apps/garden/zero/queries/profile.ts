import { defineQuery } from '@rocicorp/zero';
import { zql } from '../zero-schema.gen.ts';

export const profileQueries = {
  /** The user's own account. */
  mine: defineQuery(({ ctx: { sub } }) =>
    (sub === undefined ? zql.account.where('id', 'IN', []) : zql.account.where('id', sub)).one(),
  ),
};
