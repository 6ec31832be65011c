import { fillTemplate, type Rendered } from './fill-template.ts';
import type { TemplateValues, TemplateVariable } from './template-variable.ts';

/** The parts of a template that its text depends on: a row of `prompt_templates` has them. */
export interface RenderableTemplate<Variables extends readonly TemplateVariable[]> {
  readonly templateContent: string;
  readonly variables: Variables | null;
}

/**
 * The text of a template with its variables filled in. It is the same in browsers and on the
 * server. A placeholder inside a value is inserted as it is.
 *
 * @example
 * import { renderTemplate } from '@techgarden/schema/promptcraft';
 *
 * const template = {
 *   templateContent: 'Translate into {{language}}, in at most {{words}} words: {{text}}',
 *   variables: [
 *     { name: 'language', type: 'choice', choices: ['French', 'German'] },
 *     { name: 'words', type: 'number', default: 100 },
 *     { name: 'text', type: 'text' },
 *   ],
 * } as const;
 * const rendered = renderTemplate(template, { language: 'German', text: 'Good morning' });
 */
export const renderTemplate = <const Variables extends readonly TemplateVariable[]>(
  { templateContent, variables }: RenderableTemplate<Variables>,
  values: TemplateValues<Variables>,
): Rendered =>
  fillTemplate(templateContent, variables ?? [], values as Readonly<Record<string, unknown>>);
