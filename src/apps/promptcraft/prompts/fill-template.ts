import type { TemplateVariable } from './template-variable.ts';

/** Why a template cannot be filled. */
export interface RenderProblem {
  readonly code:
    | 'missing-variable'
    | 'unknown-variable'
    | 'wrong-type'
    | 'not-a-choice'
    | 'undeclared-placeholder'
    | 'declared-twice';
  /** The variable's name. */
  readonly variable: string;
  readonly message: string;
}

/** The text, or all problems. */
export type Rendered =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problems: readonly RenderProblem[] };

/** {{name}}, or \{{name}} for these characters themselves. */
const PLACEHOLDER = /(\\?)\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;

/**
 * Replaces each placeholder once, so that a placeholder inside a value stays as it is. Values are
 * looked up in a Map and among own properties, so that no name reaches a prototype.
 */
export function fillTemplate(
  template: string,
  variables: readonly TemplateVariable[],
  values: Readonly<Record<string, unknown>>,
): Rendered {
  const declared = new Map(variables.map((variable) => [variable.name, variable]));
  const texts = new Map<string, string>();
  const problems: RenderProblem[] = twice(variables);
  for (const [name, variable] of declared) {
    const given = Object.hasOwn(values, name) ? values[name] : undefined;
    const value = given ?? variable.default;
    const problem = problemOf(variable, value);
    if (problem) problems.push(problem);
    else texts.set(name, value === undefined ? '' : String(value));
  }
  for (const name of Object.keys(values)) {
    if (declared.has(name)) continue;
    problems.push(about('unknown-variable', name, 'is not a variable of the template'));
  }
  for (const name of placeholdersOf(template)) {
    if (declared.has(name)) continue;
    problems.push(about('undeclared-placeholder', name, 'has a placeholder and no declaration'));
  }
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    text: template.replaceAll(PLACEHOLDER, (whole, escape: string, name: string) =>
      escape === '' ? (texts.get(name) ?? '') : whole.slice(1),
    ),
  };
}

/** The names of a template's placeholders, each once, in their order. */
export const placeholdersOf = (template: string): readonly string[] => [
  ...new Set(
    [...template.matchAll(PLACEHOLDER)].flatMap(([, escape, name]) =>
      escape === '' && name !== undefined ? [name] : [],
    ),
  ),
];

function twice(variables: readonly TemplateVariable[]): RenderProblem[] {
  const names = variables.map(({ name }) => name);
  const repeated = new Set(names.filter((name, at) => names.indexOf(name) < at));
  return [...repeated].map((name) => about('declared-twice', name, 'is declared twice'));
}

/** Text of white space only counts as missing. */
function problemOf(variable: TemplateVariable, value: unknown): RenderProblem | undefined {
  const { name, type, required = true, choices = [] } = variable;
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) {
    return required ? about('missing-variable', name, 'has no value') : undefined;
  }
  if (!TYPES[type](value)) {
    return about('wrong-type', name, `needs a ${type === 'choice' ? 'text' : type}`);
  }
  return type === 'choice' && !choices.includes(value as string)
    ? about('not-a-choice', name, `must be one of ${choices.join(', ')}`)
    : undefined;
}

const TYPES: Readonly<Record<TemplateVariable['type'], (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  choice: (value) => typeof value === 'string',
  number: (value) => Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
};

const about = (code: RenderProblem['code'], variable: string, what: string): RenderProblem => ({
  code,
  variable,
  message: `${variable} ${what}.`,
});
