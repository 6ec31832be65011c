import { defineMutator } from '@rocicorp/zero';
import * as z from 'zod/v4/mini';
import { MAX_ADDRESS, webAddress } from '../../tables/web-address.ts';
import { form, moment, printable } from '../arguments.ts';
import { checked } from '../checked.ts';
import { zql } from '../zero-schema.gen.ts';
import { signedIn } from './signed-in.ts';

export const profileMutators = {
  /** Saves the user's public profile. Creates the account if it does not exist. */
  save: defineMutator(
    checked(
      z.strictObject({
        name: printable(100),
        avatarUrl: z.optional(
          z.nullable(form(webAddress.source, MAX_ADDRESS, 'must be a web address')),
        ),
        at: moment,
      }),
    ),
    async ({ tx, args: { at, ...shown }, ctx }) => {
      const id = signedIn(ctx);
      const known = await tx.run(zql.account.where('id', id).one());
      if (known) await tx.mutate.account.update({ id, ...shown, updatedAt: at });
      else await tx.mutate.account.insert({ id, ...shown, createdAt: at, updatedAt: at });
    },
  ),
};
