import { defineMutator, type MutatorDefinition } from '@rocicorp/zero';
import * as z from 'zod/v4/mini';
import { moment, rowId } from '../arguments.ts';
import { checked } from '../checked.ts';
import { signedIn } from './signed-in.ts';

/** The id of the row and the time of the change. */
type At = { readonly id: string; readonly at: number };

const at = checked(z.strictObject({ id: rowId, at: moment }));

/** Mutators that soft-delete and restore rows of a table. */
export function softDeletion(table: 'packages' | 'tags'): {
  readonly remove: MutatorDefinition<At, At>;
  readonly restore: MutatorDefinition<At, At>;
} {
  return {
    remove: defineMutator(at, async ({ tx, args, ctx }) => {
      await tx.mutate[table].update({
        id: args.id,
        deletedAt: args.at,
        deletedBy: signedIn(ctx),
        updatedAt: args.at,
      });
    }),
    restore: defineMutator(at, async ({ tx, args, ctx }) => {
      signedIn(ctx);
      await tx.mutate[table].update({
        id: args.id,
        deletedAt: null,
        deletedBy: null,
        updatedAt: args.at,
      });
    }),
  };
}
