import { relations } from 'drizzle-orm';
import { apiConfigurations } from './tables/api-configurations.ts';
import { apiModels } from './tables/api-models.ts';
import { apiProviders } from './tables/api-providers.ts';
import { apiUsageLogs } from './tables/api-usage-logs.ts';
import { feedbackCategories } from './tables/feedback-categories.ts';
import { feedbackTagLinks, feedbackTags } from './tables/feedback-tags.ts';
import { feedback } from './tables/feedback.ts';
import { promptFrameworks } from './tables/prompt-frameworks.ts';
import { promptHistory } from './tables/prompt-history.ts';
import { promptTemplateLabels, promptTemplateVersions } from './tables/prompt-template-versions.ts';
import { promptTemplates } from './tables/prompt-templates.ts';
import { userNotifications } from './tables/user-notifications.ts';
import { userPreferences } from './tables/user-preferences.ts';
import { userProfiles } from './tables/user-profiles.ts';
import { userSessions } from './tables/user-sessions.ts';
import { users } from './tables/users.ts';

export const usersRelations = relations(users, ({ one, many }) => ({
  profile: one(userProfiles, { fields: [users.id], references: [userProfiles.userId] }),
  preferences: one(userPreferences, { fields: [users.id], references: [userPreferences.userId] }),
  sessions: many(userSessions),
  notifications: many(userNotifications),
  prompts: many(promptHistory),
  templates: many(promptTemplates),
  feedback: many(feedback, { relationName: 'user_id' }),
  answeredFeedback: many(feedback, { relationName: 'admin_user_id' }),
  apiConfigurations: many(apiConfigurations),
  usageLogs: many(apiUsageLogs),
}));

export const userProfilesRelations = relations(userProfiles, ({ one }) => ({
  user: one(users, { fields: [userProfiles.userId], references: [users.id] }),
}));

export const userPreferencesRelations = relations(userPreferences, ({ one }) => ({
  user: one(users, { fields: [userPreferences.userId], references: [users.id] }),
  provider: one(apiProviders, {
    fields: [userPreferences.selectedModel],
    references: [apiProviders.name],
  }),
  framework: one(promptFrameworks, {
    fields: [userPreferences.selectedFramework],
    references: [promptFrameworks.name],
  }),
}));

export const userSessionsRelations = relations(userSessions, ({ one }) => ({
  user: one(users, { fields: [userSessions.userId], references: [users.id] }),
}));

export const userNotificationsRelations = relations(userNotifications, ({ one }) => ({
  user: one(users, { fields: [userNotifications.userId], references: [users.id] }),
  feedback: one(feedback, { fields: [userNotifications.feedbackId], references: [feedback.id] }),
}));

export const apiConfigurationsRelations = relations(apiConfigurations, ({ one }) => ({
  user: one(users, { fields: [apiConfigurations.userId], references: [users.id] }),
  apiProvider: one(apiProviders, {
    fields: [apiConfigurations.provider],
    references: [apiProviders.name],
  }),
}));

export const apiProvidersRelations = relations(apiProviders, ({ many }) => ({
  models: many(apiModels),
}));

export const apiModelsRelations = relations(apiModels, ({ one }) => ({
  apiProvider: one(apiProviders, {
    fields: [apiModels.provider],
    references: [apiProviders.name],
  }),
}));

export const apiUsageLogsRelations = relations(apiUsageLogs, ({ one }) => ({
  user: one(users, { fields: [apiUsageLogs.userId], references: [users.id] }),
}));

export const promptFrameworksRelations = relations(promptFrameworks, ({ many }) => ({
  templates: many(promptTemplates),
}));

export const promptHistoryRelations = relations(promptHistory, ({ one }) => ({
  user: one(users, { fields: [promptHistory.userId], references: [users.id] }),
  framework: one(promptFrameworks, {
    fields: [promptHistory.frameworkId],
    references: [promptFrameworks.name],
  }),
  apiModel: one(apiModels, {
    fields: [promptHistory.provider, promptHistory.model],
    references: [apiModels.provider, apiModels.name],
  }),
}));

export const promptTemplatesRelations = relations(promptTemplates, ({ one, many }) => ({
  user: one(users, { fields: [promptTemplates.userId], references: [users.id] }),
  framework: one(promptFrameworks, {
    fields: [promptTemplates.frameworkId],
    references: [promptFrameworks.name],
  }),
  versions: many(promptTemplateVersions),
  labels: many(promptTemplateLabels),
}));

export const promptTemplateVersionsRelations = relations(
  promptTemplateVersions,
  ({ one, many }) => ({
    template: one(promptTemplates, {
      fields: [promptTemplateVersions.templateId],
      references: [promptTemplates.id],
    }),
    labels: many(promptTemplateLabels),
  }),
);

export const promptTemplateLabelsRelations = relations(promptTemplateLabels, ({ one }) => ({
  template: one(promptTemplates, {
    fields: [promptTemplateLabels.templateId],
    references: [promptTemplates.id],
  }),
  version: one(promptTemplateVersions, {
    fields: [promptTemplateLabels.versionId],
    references: [promptTemplateVersions.id],
  }),
}));

export const feedbackRelations = relations(feedback, ({ one, many }) => ({
  user: one(users, {
    fields: [feedback.userId],
    references: [users.id],
    relationName: 'user_id',
  }),
  admin: one(users, {
    fields: [feedback.adminUserId],
    references: [users.id],
    relationName: 'admin_user_id',
  }),
  category: one(feedbackCategories, {
    fields: [feedback.categoryId],
    references: [feedbackCategories.id],
  }),
  tagLinks: many(feedbackTagLinks),
}));

export const feedbackCategoriesRelations = relations(feedbackCategories, ({ one, many }) => ({
  parent: one(feedbackCategories, {
    fields: [feedbackCategories.parentId],
    references: [feedbackCategories.id],
    relationName: 'parent_id',
  }),
  children: many(feedbackCategories, { relationName: 'parent_id' }),
  feedback: many(feedback),
}));

export const feedbackTagsRelations = relations(feedbackTags, ({ many }) => ({
  feedbackLinks: many(feedbackTagLinks),
}));

export const feedbackTagLinksRelations = relations(feedbackTagLinks, ({ one }) => ({
  feedback: one(feedback, { fields: [feedbackTagLinks.feedbackId], references: [feedback.id] }),
  tag: one(feedbackTags, { fields: [feedbackTagLinks.tagId], references: [feedbackTags.id] }),
}));
