import { boolean, foreignKey, integer, numeric, text, uuid } from 'drizzle-orm/pg-core';
import {
  atLeast,
  between,
  createdAt,
  descending,
  enumeration,
  id,
  indexOn,
  maxLength,
  notBlank,
  oneOf,
  owner,
  pgTable,
  printable,
  references,
  retain,
  sortedText,
  updatedAt,
  type Update,
} from '../../../kit/index.ts';
import { access } from '../access.ts';
import { apiModels } from './api-models.ts';
import { promptFrameworks } from './prompt-frameworks.ts';
import { userPreferences } from './user-preferences.ts';
import { users } from './users.ts';

export const promptStatuses = ['pending', 'completed', 'failed'] as const;
export type PromptStatus = (typeof promptStatuses)[number];

/**
 * A prompt of a user and its response. Nothing is kept for a user who has switched the history off.
 */
export const promptHistory = pgTable(
  'prompt_history',
  {
    id: id(),
    userId: uuid('user_id').notNull(),
    /** Name of the framework. */
    frameworkId: sortedText('framework_id').notNull(),
    /** The framework's display name at the time. */
    frameworkName: sortedText('framework_name').notNull(),
    model: sortedText('model').notNull(),
    provider: sortedText('provider').notNull(),
    userInput: text('user_input').notNull(),
    aiResponse: text('ai_response'),
    tone: sortedText('tone'),
    length: sortedText('length'),
    temperature: numeric('temperature', { precision: 3, scale: 2, mode: 'number' }),
    maxTokens: integer('max_tokens'),
    vibeCoding: boolean('vibe_coding').notNull(),
    processingTimeMs: integer('processing_time_ms'),
    tokensUsed: integer('tokens_used'),
    costUsd: numeric('cost_usd', { precision: 10, scale: 6, mode: 'number' }),
    status: enumeration('status', promptStatuses).notNull(),
    errorMessage: text('error_message'),
    errorCode: sortedText('error_code'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    references(t.userId, users.id, 'cascade'),
    references(t.frameworkId, promptFrameworks.name, 'restrict'),
    foreignKey({
      name: 'fk_prompt_history_provider_model_api_models',
      columns: [t.provider, t.model],
      foreignColumns: [apiModels.provider, apiModels.name],
    }).onDelete('restrict'),
    printable(t.frameworkName, { max: 100 }),
    // Longer prompts are refused: every client of the user would sync them.
    notBlank(t.userInput, { max: 200_000 }),
    maxLength(t.aiResponse, 400_000),
    printable(t.tone, { max: 50 }),
    printable(t.length, { max: 50 }),
    between(t.temperature, 0, 2),
    atLeast(t.maxTokens, 1),
    atLeast(t.processingTimeMs, 0),
    atLeast(t.tokensUsed, 0),
    atLeast(t.costUsd, 0),
    oneOf(t.status),
    maxLength(t.errorMessage, 10_000),
    printable(t.errorCode, { max: 50 }),
    // The seed's indexes on (user_id) and (created_at). Every page is about one user, so the user
    // comes first, and the id makes the order of pages stable.
    indexOn(t.userId, descending(t.createdAt), descending(t.id)),
    indexOn(t.userId, t.frameworkId, descending(t.createdAt), descending(t.id)),
    indexOn(t.userId, t.status, descending(t.createdAt), descending(t.id)),
    // For reports and the foreign keys.
    indexOn(t.frameworkId, t.createdAt),
    indexOn(t.provider, t.model, t.createdAt),
    ...retain(t.createdAt, '30 days', {
      perOwner: {
        owner: t.userId,
        key: userPreferences.userId,
        days: userPreferences.maxHistoryDays,
        enabled: userPreferences.autoCleanup,
      },
    }),
    ...access(t, {
      read: owner(t.userId),
      insert: owner(t.userId),
      update: owner(t.userId),
      delete: owner(t.userId),
      immutable: [
        t.userId,
        t.frameworkId,
        t.frameworkName,
        t.model,
        t.provider,
        t.userInput,
        t.createdAt,
      ],
    }),
  ],
).enableRLS();

export type PromptHistory = typeof promptHistory.$inferSelect;
export type NewPromptHistory = typeof promptHistory.$inferInsert;
export type PromptHistoryUpdate = Update<typeof promptHistory>;
