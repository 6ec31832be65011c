import { defineQueries, defineQueryWithType } from '@rocicorp/zero';
import * as z from 'zod/v4/mini';
import { moment, rowId } from '../../../guard/crud/arguments.ts';
import { feedbackStatuses } from '../tables/feedback.ts';
import { promptStatuses } from '../tables/prompt-history.ts';
import type { PromptcraftPrincipal } from './principal.ts';
import { zql, type Schema } from './zero-schema.gen.ts';

const defineQuery = defineQueryWithType<Schema, PromptcraftPrincipal>();

/** The last row of the page before. */
const after = z.optional(z.strictObject({ id: rowId, createdAt: moment }));
const limit = z._default(z.int().check(z.gte(1), z.lte(200)), 50);
const name = z.string().check(z.maxLength(50));

/** Named queries of prompts, templates and feedback. The access rules are added on the server. */
export const queries = /* @__PURE__ */ defineQueries({
  prompts: {
    /** The user's own prompts, newest first. */
    history: defineQuery(
      z.strictObject({
        frameworkId: z.optional(name),
        status: z.optional(z.enum(promptStatuses)),
        after,
        limit,
      }),
      ({ args: { frameworkId, status, after: last, limit: size }, ctx }) => {
        const sorted = zql.promptHistory.orderBy('createdAt', 'desc').orderBy('id', 'desc');
        const own = (last ? sorted.start(last) : sorted).where('userId', ctx.sub ?? '');
        const framed = frameworkId === undefined ? own : own.where('frameworkId', frameworkId);
        return (status === undefined ? framed : framed.where('status', status)).limit(size);
      },
    ),
    one: defineQuery(z.strictObject({ id: rowId }), ({ args: { id } }) =>
      zql.promptHistory.where('id', id).related('framework').related('apiModel').one(),
    ),
  },
  templates: {
    /** The user's own templates with their labels, by name. */
    mine: defineQuery(z.strictObject({ limit }), ({ args, ctx }) =>
      zql.promptTemplates
        .where('userId', ctx.sub ?? '')
        .related('labels')
        .orderBy('name', 'asc')
        .orderBy('id', 'asc')
        .limit(args.limit),
    ),
    /** The most used public templates. */
    popular: defineQuery(
      z.strictObject({ frameworkId: z.optional(name), limit }),
      ({ args: { frameworkId, limit: size } }) => {
        const open = zql.promptTemplates.where('isPublic', true).where('isActive', true);
        return (frameworkId === undefined ? open : open.where('frameworkId', frameworkId))
          .orderBy('usageCount', 'desc')
          .orderBy('id', 'desc')
          .limit(size);
      },
    ),
    /** A template with its versions and labels. */
    one: defineQuery(z.strictObject({ id: rowId }), ({ args: { id } }) =>
      zql.promptTemplates
        .where('id', id)
        .related('framework')
        .related('labels')
        .related('versions', (versions) => versions.orderBy('version', 'desc').limit(50))
        .one(),
    ),
  },
  feedback: {
    mine: defineQuery(z.strictObject({ after, limit }), ({ args, ctx }) => {
      const sorted = zql.feedback.orderBy('createdAt', 'desc').orderBy('id', 'desc');
      return (args.after ? sorted.start(args.after) : sorted)
        .where('userId', ctx.sub ?? '')
        .related('category')
        .limit(args.limit);
    }),
    /** What administrators have to answer, oldest first. */
    queue: defineQuery(
      z.strictObject({ status: z._default(z.enum(feedbackStatuses), 'open'), after, limit }),
      ({ args }) => {
        const sorted = zql.feedback.orderBy('createdAt', 'asc').orderBy('id', 'asc');
        return (args.after ? sorted.start(args.after) : sorted)
          .where('status', args.status)
          .related('tagLinks', (links) => links.related('tag'))
          .limit(args.limit);
      },
    ),
    categories: defineQuery(() => zql.feedbackCategories.orderBy('sortOrder', 'asc')),
    tags: defineQuery(() => zql.feedbackTags.orderBy('name', 'asc')),
  },
  catalog: {
    /** Public settings: feature flags and others. A missing row has its default. */
    settings: defineQuery(() => zql.settings.where('isPublic', true).orderBy('key', 'asc')),
    frameworks: defineQuery(() =>
      zql.promptFrameworks.where('isEnabled', true).orderBy('sortOrder', 'asc'),
    ),
    providers: defineQuery(() =>
      zql.apiProviders
        .where('isEnabled', true)
        .related('models', (models) => models.where('isEnabled', true).orderBy('sortOrder', 'asc'))
        .orderBy('name', 'asc'),
    ),
  },
  user: {
    /** The user with profile, preferences and sessions. */
    me: defineQuery(({ ctx }) =>
      zql.users
        .where('id', ctx.sub ?? '')
        .related('profile')
        .related('preferences')
        .related('apiConfigurations')
        .related('sessions', (sessions) => sessions.orderBy('lastSeenAt', 'desc').limit(50))
        .one(),
    ),
    notifications: defineQuery(z.strictObject({ limit }), ({ args, ctx }) =>
      zql.userNotifications
        .where('userId', ctx.sub ?? '')
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc')
        .limit(args.limit),
    ),
    /** The user's requests to providers, newest first. */
    usage: defineQuery(z.strictObject({ after, limit }), ({ args, ctx }) => {
      const sorted = zql.apiUsageLogs.orderBy('createdAt', 'desc').orderBy('id', 'desc');
      return (args.after ? sorted.start(args.after) : sorted)
        .where('userId', ctx.sub ?? '')
        .limit(args.limit);
    }),
  },
});
