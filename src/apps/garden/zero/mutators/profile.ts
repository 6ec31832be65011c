import { defineMutator } from '@rocicorp/zero';
import * as z from 'zod/mini';
import { MAX_ADDRESS, webAddress } from '../../tables/web-address.ts';
import { form, moment, printable } from '../arguments.ts';
import { checked } from '../checked.ts';
import { zql } from '../zero-schema.gen.ts';
import { signedIn } from './signed-in.ts';

export const profileMutators = {
  /** Writes what others see of me; the first time, it makes my account. */
  save: defineMutator(
    checked(
      z.strictObject({
        name: printable(100),
        avatarUrl: z.optional(
          z.nullable(form(webAddress.source, MAX_ADDRESS, 'must be an address of the web')),
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
