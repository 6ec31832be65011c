export { mutators } from './mutators.ts';
export type { PromptcraftPrincipal } from './principal.ts';
export { queries } from './queries.ts';
export { checks } from './zero-checks.gen.ts';
export {
  schema,
  zql,
  type ApiConfiguration as SyncedApiConfiguration,
  type ApiModel as SyncedApiModel,
  type ApiProvider as SyncedApiProvider,
  type ApiUsageLog as SyncedApiUsageLog,
  type Feedback as SyncedFeedback,
  type FeedbackAnalytic as SyncedFeedbackAnalytics,
  type FeedbackCategory as SyncedFeedbackCategory,
  type FeedbackTag as SyncedFeedbackTag,
  type FeedbackTagLink as SyncedFeedbackTagLink,
  type PromptFramework as SyncedPromptFramework,
  type PromptHistory as SyncedPromptHistory,
  type PromptTemplate as SyncedPromptTemplate,
  type PromptTemplateLabel as SyncedPromptTemplateLabel,
  type PromptTemplateVersion as SyncedPromptTemplateVersion,
  type Setting as SyncedSetting,
  type User as SyncedUser,
  type UserNotification as SyncedUserNotification,
  type UserPreference as SyncedUserPreferences,
  type UserProfile as SyncedUserProfile,
  type UserSession as SyncedUserSession,
} from './zero-schema.gen.ts';
