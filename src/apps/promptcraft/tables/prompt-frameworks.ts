import { boolean, integer, jsonb, text } from 'drizzle-orm/pg-core';
import {
  anyone,
  boundedJson,
  createdAt,
  id,
  matches,
  notBlank,
  pgTable,
  printable,
  role,
  sortedText,
  uniqueOn,
  updatedAt,
  type Update,
} from '../../../kit/index.ts';
import { access } from '../access.ts';
import type { FrameworkComponent, FrameworkExample } from '../prompts/framework.ts';

/** A framework for prompts: its components, and the template that joins them. */
export const promptFrameworks = pgTable(
  'prompt_frameworks',
  {
    id: id(),
    /** Other tables reference a framework by its name, as in the first design: roses. */
    name: sortedText('name').notNull(),
    displayName: sortedText('display_name').notNull(),
    description: text('description').notNull(),
    components: jsonb('components').$type<readonly FrameworkComponent[]>().notNull(),
    /** Text with a placeholder {{key}} for each component. */
    template: text('template').notNull(),
    examples: jsonb('examples').$type<readonly FrameworkExample[]>(),
    isEnabled: boolean('is_enabled').notNull(),
    sortOrder: integer('sort_order').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueOn(t.name),
    matches(t.name, /^[a-z][a-z0-9_-]*$/, { max: 50 }),
    printable(t.displayName, { max: 100 }),
    notBlank(t.description, { max: 2_000 }),
    boundedJson(t.components, { shape: 'array', maxBytes: 65_536, maxDepth: 4 }),
    notBlank(t.template, { max: 20_000 }),
    boundedJson(t.examples, { shape: 'array', maxBytes: 131_072, maxDepth: 6 }),
    ...access(t, {
      read: anyone,
      insert: role('admin'),
      update: role('admin'),
      delete: role('admin'),
      immutable: [t.name, t.createdAt],
    }),
  ],
).enableRLS();

export type PromptFramework = typeof promptFrameworks.$inferSelect;
export type NewPromptFramework = typeof promptFrameworks.$inferInsert;
export type PromptFrameworkUpdate = Update<typeof promptFrameworks>;
