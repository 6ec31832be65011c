import { fillTemplate, type Rendered } from './fill-template.ts';
import type { Framework } from './framework.ts';

type Renderable = Pick<Framework, 'components' | 'template'>;

/** A text for each component. The keys are known for the frameworks of this package. */
export type PromptValues<Chosen extends Renderable> = Readonly<
  Record<Chosen['components'][number]['key'], string>
>;

/**
 * The prompt of a framework, with a text for each component. It is the same in browsers and on the
 * server, and works for the frameworks of this package and for rows of `prompt_frameworks`.
 *
 * @example
 * import { frameworks, renderPrompt } from '@techgarden/schema/promptcraft';
 *
 * const rendered = renderPrompt(frameworks.tag, {
 *   task: 'Summarise the minutes',
 *   action: 'List decisions and open questions',
 *   goal: 'Absent colleagues know what changed',
 * });
 * if (rendered.ok) console.log(rendered.text);
 * else console.log(rendered.problems);
 */
export const renderPrompt = <const Chosen extends Renderable>(
  { components, template }: Chosen,
  values: PromptValues<Chosen>,
): Rendered =>
  fillTemplate(
    template,
    components.map(({ key }) => ({ name: key, type: 'text' })),
    values,
  );
