import { defineQuery } from '@rocicorp/zero';
import { zql } from '../zero-schema.gen.ts';

export const profileQueries = {
  /** My own account. */
  mine: defineQuery(({ ctx: { sub } }) =>
    (sub === undefined ? zql.account.where('id', 'IN', []) : zql.account.where('id', sub)).one(),
  ),
};
