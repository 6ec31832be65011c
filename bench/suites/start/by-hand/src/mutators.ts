import { defineMutator, defineMutators, type Transaction } from '@rocicorp/zero';
import * as z from 'zod/mini';
import { zql, type schema } from './zero-schema.gen.ts';
import './context.ts';

type Tx = Transaction<typeof schema>;

const line = (max: number) =>
  z.string().check(z.regex(/\S/, 'must not be blank'), z.maxLength(max));
const status = z.enum(['open', 'done']);

// The rules for writing.
async function requireMember(tx: Tx, organisationId: string, sub: string): Promise<string> {
  const member = await tx.run(
    zql.members.where('organisationId', organisationId).where('userId', sub).one(),
  );
  if (member === undefined) throw new Error('denied: you are not a member.');
  return member.role;
}

async function requireIssue(tx: Tx, id: string, sub: string) {
  const issue = await tx.run(zql.issues.where('id', id).one());
  if (issue === undefined) throw new Error('denied: there is no such issue.');
  return { issue, role: await requireMember(tx, issue.organisationId, sub) };
}

async function requireOwnComment(tx: Tx, id: string, sub: string): Promise<void> {
  const comment = await tx.run(zql.comments.where('id', id).one());
  if (comment?.createdBy !== sub) throw new Error('denied: it is not your comment.');
  await requireIssue(tx, comment.issueId, sub);
}

function requireUser(sub: string | undefined): string {
  if (sub === undefined) throw new Error('denied: nobody is signed in.');
  return sub;
}

export const mutators = defineMutators({
  organisations: {
    create: defineMutator(
      z.object({
        id: z.uuid(),
        memberId: z.uuid(),
        name: line(80),
        memberName: line(80),
        at: z.number(),
      }),
      async ({ tx, args: { id, memberId, name, memberName, at }, ctx }) => {
        const sub = requireUser(ctx.sub);
        await tx.mutate.organisations.insert({
          id,
          name,
          createdBy: sub,
          createdAt: at,
          updatedAt: at,
        });
        await tx.mutate.members.insert({
          id: memberId,
          organisationId: id,
          userId: sub,
          name: memberName,
          role: 'admin',
          createdAt: at,
        });
      },
    ),
    rename: defineMutator(
      z.object({ id: z.uuid(), name: line(80), at: z.number() }),
      async ({ tx, args: { id, name, at }, ctx }) => {
        const role = await requireMember(tx, id, requireUser(ctx.sub));
        if (role !== 'admin') throw new Error('denied: you are not an admin.');
        await tx.mutate.organisations.update({ id, name, updatedAt: at });
      },
    ),
    remove: defineMutator(z.object({ id: z.uuid() }), async ({ tx, args: { id }, ctx }) => {
      const role = await requireMember(tx, id, requireUser(ctx.sub));
      if (role !== 'admin') throw new Error('denied: you are not an admin.');
      await tx.mutate.organisations.delete({ id });
    }),
  },
  members: {
    add: defineMutator(
      z.object({
        id: z.uuid(),
        organisationId: z.uuid(),
        userId: z.uuid(),
        name: line(80),
        role: z.enum(['admin', 'member']),
        at: z.number(),
      }),
      async ({ tx, args: { at, ...member }, ctx }) => {
        const role = await requireMember(tx, member.organisationId, requireUser(ctx.sub));
        if (role !== 'admin') throw new Error('denied: you are not an admin.');
        await tx.mutate.members.insert({ ...member, createdAt: at });
      },
    ),
    remove: defineMutator(z.object({ id: z.uuid() }), async ({ tx, args: { id }, ctx }) => {
      const sub = requireUser(ctx.sub);
      const member = await tx.run(zql.members.where('id', id).one());
      if (member === undefined) return;
      const role = await requireMember(tx, member.organisationId, sub);
      if (member.userId !== sub && role !== 'admin')
        throw new Error('denied: you are not an admin.');
      await tx.mutate.members.delete({ id });
    }),
  },
  issues: {
    create: defineMutator(
      z.object({
        id: z.uuid(),
        organisationId: z.uuid(),
        title: line(200),
        status,
        at: z.number(),
      }),
      async ({ tx, args: { at, ...issue }, ctx }) => {
        const createdBy = requireUser(ctx.sub);
        await requireMember(tx, issue.organisationId, createdBy);
        await tx.mutate.issues.insert({ ...issue, createdBy, createdAt: at, updatedAt: at });
      },
    ),
    update: defineMutator(
      z.object({
        id: z.uuid(),
        title: z.optional(line(200)),
        status: z.optional(status),
        at: z.number(),
      }),
      async ({ tx, args: { at, ...change }, ctx }) => {
        await requireIssue(tx, change.id, requireUser(ctx.sub));
        await tx.mutate.issues.update({ ...change, updatedAt: at });
      },
    ),
    remove: defineMutator(z.object({ id: z.uuid() }), async ({ tx, args: { id }, ctx }) => {
      const sub = requireUser(ctx.sub);
      const { issue, role } = await requireIssue(tx, id, sub);
      if (issue.createdBy !== sub && role !== 'admin') throw new Error('denied: it is not yours.');
      await tx.mutate.issues.delete({ id });
    }),
  },
  comments: {
    create: defineMutator(
      z.object({ id: z.uuid(), issueId: z.uuid(), body: line(10_000), at: z.number() }),
      async ({ tx, args: { at, ...comment }, ctx }) => {
        const createdBy = requireUser(ctx.sub);
        await requireIssue(tx, comment.issueId, createdBy);
        await tx.mutate.comments.insert({ ...comment, createdBy, createdAt: at, updatedAt: at });
      },
    ),
    update: defineMutator(
      z.object({ id: z.uuid(), body: line(10_000), at: z.number() }),
      async ({ tx, args: { id, body, at }, ctx }) => {
        await requireOwnComment(tx, id, requireUser(ctx.sub));
        await tx.mutate.comments.update({ id, body, updatedAt: at });
      },
    ),
    remove: defineMutator(z.object({ id: z.uuid() }), async ({ tx, args: { id }, ctx }) => {
      await requireOwnComment(tx, id, requireUser(ctx.sub));
      await tx.mutate.comments.delete({ id });
    }),
  },
});
