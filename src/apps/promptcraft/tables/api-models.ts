import { boolean, integer, numeric } from 'drizzle-orm/pg-core';
import {
  anyone,
  atLeast,
  createdAt,
  id,
  matches,
  pgTable,
  printable,
  references,
  role,
  sortedText,
  uniqueOn,
  updatedAt,
  type Update,
} from '../../../kit/index.ts';
import { access } from '../access.ts';
import { apiProviders } from './api-providers.ts';

/** A model of a provider, with its limits and prices. */
export const apiModels = pgTable(
  'api_models',
  {
    id: id(),
    /** Name of the provider. */
    provider: sortedText('provider').notNull(),
    /** The model's name in requests to the provider. */
    name: sortedText('name').notNull(),
    displayName: sortedText('display_name').notNull(),
    /** Tokens of input and output together. */
    contextTokens: integer('context_tokens').notNull(),
    maxOutputTokens: integer('max_output_tokens').notNull(),
    inputUsdPerMillion: numeric('input_usd_per_million', {
      precision: 12,
      scale: 6,
      mode: 'number',
    }).notNull(),
    outputUsdPerMillion: numeric('output_usd_per_million', {
      precision: 12,
      scale: 6,
      mode: 'number',
    }).notNull(),
    isEnabled: boolean('is_enabled').notNull(),
    sortOrder: integer('sort_order').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueOn(t.provider, t.name),
    references(t.provider, apiProviders.name, 'cascade'),
    matches(t.name, /^[A-Za-z0-9][A-Za-z0-9._:/-]*$/, { max: 50 }),
    printable(t.displayName, { max: 100 }),
    atLeast(t.contextTokens, 1),
    atLeast(t.maxOutputTokens, 1),
    atLeast(t.inputUsdPerMillion, 0),
    atLeast(t.outputUsdPerMillion, 0),
    ...access(t, {
      read: anyone,
      insert: role('admin'),
      update: role('admin'),
      delete: role('admin'),
      immutable: [t.provider, t.name, t.createdAt],
    }),
  ],
).enableRLS();

export type ApiModel = typeof apiModels.$inferSelect;
export type NewApiModel = typeof apiModels.$inferInsert;
export type ApiModelUpdate = Update<typeof apiModels>;
