import { foreignKey, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import {
  atLeast,
  createdAt,
  id,
  indexOn,
  matches,
  pgTable,
  references,
  sortedText,
  uniqueOn,
  updatedAt,
  type Update,
} from '../../../kit/index.ts';
import { access } from '../access.ts';
import type { TemplateVariable } from '../prompts/template-variable.ts';
import { ofOwnTemplate, promptTemplates } from './prompt-templates.ts';

/**
 * A state of a template's content, from the first to the present one. A trigger writes it, so
 * nobody else inserts, changes or deletes a version. Only the owner reads them: a public template
 * may have been private.
 */
export const promptTemplateVersions = pgTable(
  'prompt_template_versions',
  {
    id: id(),
    templateId: uuid('template_id').notNull(),
    /** 1, 2, 3 … for each template. */
    version: integer('version').notNull(),
    templateContent: text('template_content').notNull(),
    variables: jsonb('variables').$type<readonly TemplateVariable[]>(),
    commitMessage: text('commit_message'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueOn(t.templateId, t.version),
    // For the foreign key of labels.
    uniqueOn(t.templateId, t.id),
    references(t.templateId, promptTemplates.id, 'cascade'),
    atLeast(t.version, 1),
    ...access(t, { read: ofOwnTemplate(t.templateId) }),
  ],
).enableRLS();

/** A name for one version of a template, such as production. It moves from version to version. */
export const promptTemplateLabels = pgTable(
  'prompt_template_labels',
  {
    id: id(),
    templateId: uuid('template_id').notNull(),
    name: sortedText('name').notNull(),
    versionId: uuid('version_id').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    // One version per label.
    uniqueOn(t.templateId, t.name),
    // The version belongs to the same template.
    foreignKey({
      name: 'fk_prompt_template_labels_template_id_version_id_versions',
      columns: [t.templateId, t.versionId],
      foreignColumns: [promptTemplateVersions.templateId, promptTemplateVersions.id],
    }).onDelete('cascade'),
    indexOn(t.templateId, t.versionId),
    matches(t.name, /^[a-z0-9]+(-[a-z0-9]+)*$/, { max: 50 }),
    ...access(t, {
      read: ofOwnTemplate(t.templateId),
      insert: ofOwnTemplate(t.templateId),
      update: ofOwnTemplate(t.templateId),
      delete: ofOwnTemplate(t.templateId),
      immutable: [t.templateId, t.name, t.createdAt],
    }),
  ],
).enableRLS();

export type PromptTemplateVersion = typeof promptTemplateVersions.$inferSelect;
export type PromptTemplateLabel = typeof promptTemplateLabels.$inferSelect;
export type NewPromptTemplateLabel = typeof promptTemplateLabels.$inferInsert;
export type PromptTemplateLabelUpdate = Update<typeof promptTemplateLabels>;
