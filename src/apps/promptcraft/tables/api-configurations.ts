import { boolean, integer, text, uuid } from 'drizzle-orm/pg-core';
import {
  atLeast,
  createdAt,
  encrypted,
  id,
  indexOn,
  instant,
  isEncrypted,
  maxLength,
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
import { users } from './users.ts';

/**
 * A user's API key for a provider. Only ciphertext is stored, and no client receives it. The
 * server writes it with saveApiConfig(); a user switches their key off, or deletes it.
 */
export const apiConfigurations = pgTable(
  'api_configurations',
  {
    id: id(),
    userId: uuid('user_id').notNull(),
    /** Name of the provider. */
    provider: sortedText('provider').notNull(),
    apiKeyEncrypted: encrypted('api_key_encrypted').notNull(),
    isActive: boolean('is_active').notNull(),
    /** Whether the provider has accepted the key. */
    isValidated: boolean('is_validated').notNull(),
    lastValidatedAt: instant('last_validated_at'),
    validationError: text('validation_error'),
    /** How often the server has used the key. */
    usageCount: integer('usage_count').notNull(),
    lastUsedAt: instant('last_used_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    // The seed's index on (user_id) is a prefix of this key.
    uniqueOn(t.userId, t.provider),
    references(t.userId, users.id, 'cascade'),
    references(t.provider, apiProviders.name, 'restrict'),
    indexOn(t.provider),
    isEncrypted(t.apiKeyEncrypted),
    maxLength(t.validationError, 2_000),
    atLeast(t.usageCount, 0),
    ...access(t, {
      read: owner(t.userId),
      update: owner(t.userId),
      delete: owner(t.userId),
      immutable: [
        t.userId,
        t.provider,
        t.isValidated,
        t.lastValidatedAt,
        t.validationError,
        t.usageCount,
        t.lastUsedAt,
        t.createdAt,
      ],
    }),
  ],
).enableRLS();

export type ApiConfiguration = typeof apiConfigurations.$inferSelect;
export type ApiConfigurationUpdate = Update<typeof apiConfigurations>;
