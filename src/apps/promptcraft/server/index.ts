export { PROMPTCRAFT_ROLE } from '../role.ts';
export { promptcraftMigrations } from '../migrations-folder.ts';
export {
  answeredFeedback,
  feedbackOfCategory,
  feedbackQueue,
  feedbackWithTag,
  ownFeedback,
  type ListedFeedback,
} from '../queries/feedback-pages.ts';
export {
  frameworkPages,
  promptPages,
  statusPages,
  type ListedPrompt,
} from '../queries/history-pages.ts';
export {
  ownTemplates,
  popularTemplates,
  templatesOfFramework,
  type ListedTemplate,
} from '../queries/template-pages.ts';
export { markApiKey, useApiKey, type ApiKeyOf } from './api-keys.ts';
export {
  rateFeedback,
  setUserActive,
  submitFeedback,
  type SubmittedFeedback,
} from './feedback-functions.ts';
export {
  promptcraftServices,
  type PromptcraftServicesOptions,
  type UserServices,
} from './promptcraft-services.ts';
export type { Preferences } from './methods/preference-methods.ts';
export type { WrittenPrompt } from './methods/history-methods.ts';
export type { TemplateCommit } from './methods/template-methods.ts';
export type { ListedApiConfig } from './methods/api-key-methods.ts';
export { promptcraftServer, type PromptcraftServerOptions } from './promptcraft-server.ts';
export { takeRequest } from './request-limits.ts';
export {
  countActivity,
  recordSecurityEvent,
  reportUnusualActivity,
  type RecordedEvent,
  type UnusualActivity,
} from './security-events.ts';
export { sessionTokens, startSession, useSession } from './sessions.ts';
export { usePromptTemplate } from './template-functions.ts';
