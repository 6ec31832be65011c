import { defineMutator } from '@rocicorp/zero';
import * as z from 'zod/v4/mini';
import { form, moment, rowId, slug, text, printable } from '../arguments.ts';
import { checked } from '../checked.ts';
import { signedIn } from './signed-in.ts';
import { softDeletion } from './soft-deletion.ts';

const name = printable(64);
const description = z.nullable(text(1_000));
const color = z.nullable(form(/^#[0-9a-f]{6}$/, 7, 'must be a colour such as #2f7d4f'));

export const tagMutators = {
  /** Assigns a tag to a package. */
  assign: defineMutator(
    checked(z.strictObject({ id: rowId, packageId: rowId, tagId: rowId, at: moment })),
    async ({ tx, args: { at, ...args }, ctx }) => {
      await tx.mutate.packageTags.insert({ ...args, createdBy: signedIn(ctx), createdAt: at });
    },
  ),

  /** Removes a tag assignment. `id` is the id of the assignment. */
  withdraw: defineMutator(checked(z.strictObject({ id: rowId })), async ({ tx, args, ctx }) => {
    signedIn(ctx);
    await tx.mutate.packageTags.delete(args);
  }),

  create: defineMutator(
    checked(
      z.strictObject({
        id: rowId,
        name,
        slug,
        description: z.optional(description),
        color: z.optional(color),
        at: moment,
      }),
    ),
    async ({ tx, args: { at, ...tag } }) => {
      await tx.mutate.tags.insert({ ...tag, createdAt: at, updatedAt: at });
    },
  ),

  update: defineMutator(
    checked(
      z.strictObject({
        id: rowId,
        name: z.optional(name),
        slug: z.optional(slug),
        description: z.optional(description),
        color: z.optional(color),
        at: moment,
      }),
    ),
    async ({ tx, args: { at, ...changes } }) => {
      await tx.mutate.tags.update({ ...changes, updatedAt: at });
    },
  ),

  ...softDeletion('tags'),
};
