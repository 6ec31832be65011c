import { defineMutator, defineMutators } from '@rocicorp/zero';
import { checkedWrites, crudMutators } from '@techgarden/schema/sync';
import * as z from 'zod/mini';
import { checks } from './zero-checks.gen.ts';
import { schema } from './zero-schema.gen.ts';
import './context.ts';

const createOrganisation = z.object({
  id: z.uuid(),
  memberId: z.uuid(),
  name: z.string(),
  memberName: z.string(),
  at: z.number(),
});

/**
 * A mutator runs immediately on the client, and then on the server, whose result is final. The
 * server checks each write against the access rules.
 */
export const mutators = defineMutators({
  organisations: {
    /** Creates an organisation with the user as its first admin. */
    create: defineMutator(createOrganisation, async ({ tx, args, ctx }) => {
      if (ctx.sub === undefined) throw new Error('nobody is signed in.');
      const { id, memberId, name, memberName, at } = args;
      // Refuses what the tables refuse before the row is shown.
      const write = checkedWrites(tx, checks);
      await write.organisations.insert({
        id,
        name,
        createdBy: ctx.sub,
        createdAt: at,
        updatedAt: at,
      });
      await write.members.insert({
        id: memberId,
        organisationId: id,
        userId: ctx.sub,
        name: memberName,
        role: 'admin',
        createdAt: at,
      });
    }),
  },
  // rows.TABLE.insert, update and delete.
  rows: crudMutators(schema, { checks }),
});
