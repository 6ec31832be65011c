// Everything that the migrations create: the tables, and the objects that frontends do not need.
export * from './index.ts';
export { apiKeyFunctions } from './functions/api-keys.ts';
export { feedbackFunctions } from './functions/feedback.ts';
export { maintenance } from './functions/maintenance.ts';
export { preferenceTriggers, profileFunctions } from './functions/preferences.ts';
export { providerTriggers } from './functions/providers.ts';
export { refreshFunctions } from './functions/refresh-feedback-analytics.ts';
export { templateFunctions } from './functions/templates.ts';
export {
  apiUsage,
  feedbackResponse,
  promptUsage,
  reportKeys,
  reports,
  userActivity,
} from './tables/reports.ts';
