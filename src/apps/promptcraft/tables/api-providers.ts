import { boolean, integer, jsonb, text } from 'drizzle-orm/pg-core';
import {
  anyone,
  atLeast,
  boundedJson,
  createdAt,
  id,
  matches,
  maxLength,
  pgTable,
  printable,
  role,
  sortedText,
  uniqueOn,
  updatedAt,
  type Update,
} from '../../../kit/index.ts';
import type { JsonObject } from '../../../kit/index.ts';
import { access } from '../access.ts';

/** Limits of a request that the server checks before it calls the provider. */
export type ProviderRules = JsonObject;

/** A provider of models. Administrators add providers as rows; no CHECK lists them. */
export const apiProviders = pgTable(
  'api_providers',
  {
    id: id(),
    /** Other tables reference a provider by its name, as in the first design: openai. */
    name: sortedText('name').notNull(),
    displayName: sortedText('display_name').notNull(),
    baseUrl: text('base_url').notNull(),
    /** Regular expression of JavaScript that a key of this provider matches. */
    apiKeyPattern: text('api_key_pattern'),
    isEnabled: boolean('is_enabled').notNull(),
    maxRequestsPerMinute: integer('max_requests_per_minute').notNull(),
    maxRequestsPerDay: integer('max_requests_per_day').notNull(),
    /** Names of the enabled rows of api_models, which a trigger keeps up to date. */
    supportedModels: jsonb('supported_models').$type<readonly string[]>(),
    validationRules: jsonb('validation_rules').$type<ProviderRules>(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueOn(t.name),
    matches(t.name, /^[a-z][a-z0-9_-]*$/, { max: 50 }),
    printable(t.displayName, { max: 100 }),
    matches(t.baseUrl, /^https?:\/\/[^\u0001-\u0020"<>]+$/, { max: 2_000 }),
    maxLength(t.apiKeyPattern, 500),
    atLeast(t.maxRequestsPerMinute, 1),
    atLeast(t.maxRequestsPerDay, 1),
    boundedJson(t.supportedModels, { shape: 'array', maxBytes: 65_536, maxDepth: 1 }),
    boundedJson(t.validationRules, { shape: 'object', maxBytes: 16_384, maxDepth: 8 }),
    ...access(t, {
      read: anyone,
      insert: role('admin'),
      update: role('admin'),
      delete: role('admin'),
      immutable: [t.name, t.createdAt],
    }),
  ],
).enableRLS();

export type ApiProvider = typeof apiProviders.$inferSelect;
export type NewApiProvider = typeof apiProviders.$inferInsert;
export type ApiProviderUpdate = Update<typeof apiProviders>;
