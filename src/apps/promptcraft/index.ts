export * from './relations.ts';
export { frameworks } from './frameworks/frameworks.ts';
export { diffTemplates, type DiffLine, type TemplateDiff } from './prompts/diff-templates.ts';
export { placeholdersOf, type Rendered, type RenderProblem } from './prompts/fill-template.ts';
export {
  defineFramework,
  type Framework,
  type FrameworkComponent,
  type FrameworkExample,
} from './prompts/framework.ts';
export { renderPrompt, type PromptValues } from './prompts/render-prompt.ts';
export { renderTemplate, type RenderableTemplate } from './prompts/render-template.ts';
export type {
  TemplateValue,
  TemplateValues,
  TemplateVariable,
} from './prompts/template-variable.ts';
export { providers } from './providers/providers.ts';
export * from './tables/api-configurations.ts';
export * from './tables/api-models.ts';
export * from './tables/api-providers.ts';
export * from './tables/api-usage-logs.ts';
export * from './tables/feedback-analytics.ts';
export * from './tables/feedback-categories.ts';
export * from './tables/feedback-tags.ts';
export * from './tables/feedback.ts';
export * from './tables/principal-activity.ts';
export * from './tables/prompt-frameworks.ts';
export * from './tables/prompt-history.ts';
export {
  promptTemplateLabels,
  promptTemplateVersions,
  type NewPromptTemplateLabel,
  type PromptTemplateLabel,
  type PromptTemplateLabelUpdate,
  type PromptTemplateVersion,
} from './tables/prompt-template-versions.ts';
export {
  promptTemplates,
  type NewPromptTemplate,
  type PromptTemplate,
  type PromptTemplateUpdate,
} from './tables/prompt-templates.ts';
export * from './tables/rate-limits.ts';
export * from './tables/security-events.ts';
export * from './tables/settings.ts';
export * from './tables/user-notifications.ts';
export * from './tables/user-preferences.ts';
export * from './tables/user-profiles.ts';
export * from './tables/user-sessions.ts';
export * from './tables/users.ts';
