import { apiConfigurations } from '../tables/api-configurations.ts';
import { apiModels } from '../tables/api-models.ts';
import { apiProviders } from '../tables/api-providers.ts';
import { apiUsageLogs } from '../tables/api-usage-logs.ts';
import { feedbackAnalytics } from '../tables/feedback-analytics.ts';
import { feedbackCategories } from '../tables/feedback-categories.ts';
import { feedbackTagLinks, feedbackTags } from '../tables/feedback-tags.ts';
import { feedback } from '../tables/feedback.ts';
import { promptFrameworks } from '../tables/prompt-frameworks.ts';
import { promptHistory } from '../tables/prompt-history.ts';
import {
  promptTemplateLabels,
  promptTemplateVersions,
} from '../tables/prompt-template-versions.ts';
import { promptTemplates } from '../tables/prompt-templates.ts';
import { settings } from '../tables/settings.ts';
import { userNotifications } from '../tables/user-notifications.ts';
import { userPreferences } from '../tables/user-preferences.ts';
import { userProfiles } from '../tables/user-profiles.ts';
import { userSessions } from '../tables/user-sessions.ts';
import { users } from '../tables/users.ts';

/** The tables that services of a user have. */
export interface ServedTables {
  readonly apiConfigurations: typeof apiConfigurations;
  readonly apiModels: typeof apiModels;
  readonly apiProviders: typeof apiProviders;
  readonly apiUsageLogs: typeof apiUsageLogs;
  readonly feedback: typeof feedback;
  readonly feedbackAnalytics: typeof feedbackAnalytics;
  readonly feedbackCategories: typeof feedbackCategories;
  readonly feedbackTagLinks: typeof feedbackTagLinks;
  readonly feedbackTags: typeof feedbackTags;
  readonly promptFrameworks: typeof promptFrameworks;
  readonly promptHistory: typeof promptHistory;
  readonly promptTemplateLabels: typeof promptTemplateLabels;
  readonly promptTemplateVersions: typeof promptTemplateVersions;
  readonly promptTemplates: typeof promptTemplates;
  readonly settings: typeof settings;
  readonly userNotifications: typeof userNotifications;
  readonly userPreferences: typeof userPreferences;
  readonly userProfiles: typeof userProfiles;
  readonly userSessions: typeof userSessions;
  readonly users: typeof users;
}

export const servedTables: ServedTables = {
  apiConfigurations,
  apiModels,
  apiProviders,
  apiUsageLogs,
  feedback,
  feedbackAnalytics,
  feedbackCategories,
  feedbackTagLinks,
  feedbackTags,
  promptFrameworks,
  promptHistory,
  promptTemplateLabels,
  promptTemplateVersions,
  promptTemplates,
  settings,
  userNotifications,
  userPreferences,
  userProfiles,
  userSessions,
  users,
};
