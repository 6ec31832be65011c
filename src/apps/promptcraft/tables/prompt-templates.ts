import { boolean, integer, jsonb, text, uuid, type AnyPgColumn } from 'drizzle-orm/pg-core';
import { isNotNull, sql } from 'drizzle-orm';
import {
  and,
  atLeast,
  boundedJson,
  createdAt,
  descending,
  eq,
  exists,
  id,
  indexOn,
  maxLength,
  notBlank,
  or,
  owner,
  pgTable,
  printable,
  references,
  sortedText,
  updatedAt,
  type Rule,
  type Update,
} from '../../../kit/index.ts';
import { access } from '../access.ts';
import type { TemplateVariable } from '../prompts/template-variable.ts';
import { promptFrameworks } from './prompt-frameworks.ts';
import { users } from './users.ts';

/**
 * A reusable prompt. Each change of the content is kept as a version. Private templates are read
 * by their owner, public ones by everyone while they are active.
 */
export const promptTemplates = pgTable(
  'prompt_templates',
  {
    id: id(),
    /** NULL for a template that comes with the app. */
    userId: uuid('user_id'),
    name: sortedText('name').notNull(),
    description: text('description'),
    /** Name of the framework. */
    frameworkId: sortedText('framework_id').notNull(),
    /** Text with placeholders {{name}}. */
    templateContent: text('template_content').notNull(),
    variables: jsonb('variables').$type<readonly TemplateVariable[]>(),
    /** Why the content changed. The version that a change creates keeps it. */
    commitMessage: text('commit_message'),
    isPublic: boolean('is_public').notNull(),
    isActive: boolean('is_active').notNull(),
    /** Only use_prompt_template() changes it, which makes it exact. */
    usageCount: integer('usage_count').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    references(t.userId, users.id, 'cascade'),
    references(t.frameworkId, promptFrameworks.name, 'restrict'),
    printable(t.name, { max: 100 }),
    maxLength(t.description, 2_000),
    notBlank(t.templateContent, { max: 100_000 }),
    boundedJson(t.variables, { shape: 'array', maxBytes: 65_536, maxDepth: 4 }),
    maxLength(t.commitMessage, 500),
    atLeast(t.usageCount, 0),
    indexOn(t.userId, t.name, t.id).where(isNotNull(t.userId)),
    indexOn(t.frameworkId, descending(t.usageCount), descending(t.id)),
    // The most used public templates, for everyone.
    indexOn(descending(t.usageCount), descending(t.id)).where(sql`${t.isPublic} and ${t.isActive}`),
    ...access(t, {
      read: or(owner(t.userId), and(eq(t.isPublic, true), eq(t.isActive, true))),
      insert: and(owner(t.userId), eq(t.usageCount, 0)),
      update: owner(t.userId),
      delete: owner(t.userId),
      immutable: [t.userId, t.usageCount, t.createdAt],
    }),
  ],
).enableRLS();

/** The template of the row belongs to the principal. */
export const ofOwnTemplate = (templateId: AnyPgColumn<{ data: string }>): Rule =>
  exists(
    () => promptTemplates,
    { id: templateId },
    (template) => owner(template.userId),
  );

export type PromptTemplate = typeof promptTemplates.$inferSelect;
export type NewPromptTemplate = typeof promptTemplates.$inferInsert;
export type PromptTemplateUpdate = Update<typeof promptTemplates>;
