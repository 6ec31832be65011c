import { boolean, integer, uuid } from 'drizzle-orm/pg-core';
import {
  between,
  createdAt,
  enumeration,
  id,
  indexOn,
  matches,
  oneOf,
  owner,
  pgTable,
  references,
  sortedText,
  uniqueOn,
  updatedAt,
  type Update,
} from '../../../kit/index.ts';
import { access } from '../access.ts';
import { apiProviders } from './api-providers.ts';
import { promptFrameworks } from './prompt-frameworks.ts';
import { users } from './users.ts';

export const themes = ['light', 'dark', 'system'] as const;
export type Theme = (typeof themes)[number];

/**
 * Settings of one user. Triggers apply the switches to every writer; a user without a row has the
 * defaults of DEFAULT_PREFERENCES.
 */
export const userPreferences = pgTable(
  'user_preferences',
  {
    id: id(),
    userId: uuid('user_id').notNull(),
    /** Name of a provider, as in the first design, where it was a list in a CHECK. */
    selectedModel: sortedText('selected_model').notNull(),
    /** Name of a framework. */
    selectedFramework: sortedText('selected_framework').notNull(),
    theme: enumeration('theme', themes).notNull(),
    /** BCP 47, such as en or pt-BR. */
    language: sortedText('language').notNull(),
    /** Whether an answer to feedback becomes a notification. */
    enableNotifications: boolean('enable_notifications').notNull(),
    /** Whether API usage is logged, and prompts count in reports. */
    enableAnalytics: boolean('enable_analytics').notNull(),
    /** Whether prompts are kept. */
    enableHistory: boolean('enable_history').notNull(),
    /** Whether the user may send feedback. */
    enableFeedback: boolean('enable_feedback').notNull(),
    /** Prompts older than this are deleted if auto_cleanup is set. */
    maxHistoryDays: integer('max_history_days').notNull(),
    autoCleanup: boolean('auto_cleanup').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueOn(t.userId),
    references(t.userId, users.id, 'cascade'),
    references(t.selectedModel, apiProviders.name, 'restrict'),
    references(t.selectedFramework, promptFrameworks.name, 'restrict'),
    indexOn(t.selectedModel),
    indexOn(t.selectedFramework),
    oneOf(t.theme),
    matches(t.language, /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, { max: 10 }),
    between(t.maxHistoryDays, 1, 3_650),
    ...access(t, {
      read: owner(t.userId),
      insert: owner(t.userId),
      update: owner(t.userId),
      delete: owner(t.userId),
      immutable: [t.userId, t.createdAt],
    }),
  ],
).enableRLS();

export type UserPreferences = typeof userPreferences.$inferSelect;
export type NewUserPreferences = typeof userPreferences.$inferInsert;
export type UserPreferencesUpdate = Update<typeof userPreferences>;

/** The settings of a user without a row. */
export const DEFAULT_PREFERENCES: Omit<
  NewUserPreferences,
  'id' | 'userId' | 'createdAt' | 'updatedAt'
> = /* @__PURE__ */ Object.freeze({
  selectedModel: 'openai',
  selectedFramework: 'roses',
  theme: 'dark',
  language: 'en',
  enableNotifications: true,
  enableAnalytics: true,
  enableHistory: true,
  enableFeedback: true,
  maxHistoryDays: 30,
  autoCleanup: true,
});
