import * as z from 'zod';
import { nearestName } from '../report/nearest-name.ts';
import { ProblemError, type Problem, type SettingPath } from '../report/problem.ts';
import { quote, showSetting } from '../report/show-setting.ts';
import { findSetting } from './find-setting.ts';

export interface ConfigKind {
  readonly code: string;
  /** The name of the config, for the start of a message. */
  readonly name: string;
  readonly schema: z.ZodType;
  /** An example of an export statement. */
  readonly example: string;
}

/** Throws all problems of a config, in the order of the file. */
export function checkConfig(
  file: string,
  config: unknown,
  { code, name, schema, example }: ConfigKind,
): void {
  const problem = (path: SettingPath, found: string, fix: string): Problem => ({
    code,
    message: `${name} is invalid: ${found}`,
    places: [path.length === 0 ? { file } : findSetting(file, path)],
    fix,
  });
  const explain = (issue: z.core.$ZodIssue, above: SettingPath): readonly Problem[] => {
    const path = [...above, ...issue.path.map(String)];
    const known = keysAt(schema, path);
    if (path.length === 0 && issue.code === 'invalid_type') {
      const found = 'its default export is not an object.';
      return [problem(path, found, `write ${example}.`)];
    }
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const near = nearestName(key, known);
        const fix = near && `did you mean ${showSetting([...path, near])}?`;
        const found = `${showSetting([...path, key])} is not a setting.`;
        return problem([...path, key], found, fix ?? `the settings are: ${known.join(', ')}.`);
      });
    }
    // If the value clearly matches one alternative, the errors inside it are reported.
    const meant = issue.code === 'invalid_union' && issue.errors.find((all) => all.every(isInside));
    if (meant) return meant.flatMap((one) => explain(one, path));
    return [problem(path, ...wrongValue(path, issue.input, choicesOf(issue, known)))];
  };
  const { error } = schema.safeParse(config, { reportInput: true });
  const lineOf = ({ places }: Problem): number => places?.[0]?.line ?? 0;
  const [first, ...others] = (error?.issues ?? [])
    .flatMap((issue) => explain(issue, []))
    .sort((a, b) => lineOf(a) - lineOf(b));
  if (first !== undefined) throw new ProblemError(first, { others });
}

const isInside = ({ code, path }: z.core.$ZodIssue): boolean =>
  code === 'unrecognized_keys' || path.length > 0;

/** The problem of an invalid value, and a valid example. */
function wrongValue(
  path: SettingPath,
  value: unknown,
  choices: readonly Choice[],
): [found: string, fix: string] {
  const name = showSetting(path);
  const words = choices.map(({ expected }) => expected);
  const expected = [words.slice(0, -1).join(', '), words.at(-1)].filter(Boolean).join(' or ');
  const examples = choices.map(({ example }) => example);
  const best = nearestName(show(value), examples) ?? examples[0];
  return value === undefined
    ? [`${name} is missing, but must be ${expected}.`, `write ${path.at(-1)}: ${best} there.`]
    : [
        `${name} is ${show(value)}, but must be ${expected}.`,
        `write ${name}: ${best}, or remove it.`,
      ];
}

/** The keys that the object at a path may have. */
function keysAt(schema: unknown, path: SettingPath): readonly string[] {
  if (schema instanceof z.ZodOptional) return keysAt(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((one) => keysAt(one, path));
  const [key, ...rest] = path;
  if (schema instanceof z.ZodRecord) return keysAt(schema.valueType, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  return key === undefined ? Object.keys(schema.shape) : keysAt(schema.shape[key], rest);
}

interface Choice {
  /** The text after "must be". */
  readonly expected: string;
  /** An example as source text. */
  readonly example: string;
}

/** The valid alternatives for an issue. */
function choicesOf(issue: z.core.$ZodIssue, known: readonly string[]): readonly Choice[] {
  switch (issue.code) {
    case 'invalid_union':
      return issue.errors.flatMap(([first]) => (first ? choicesOf(first, known) : []));
    case 'invalid_value':
      return issue.values.map(show).map((value) => ({ expected: value, example: value }));
    case 'custom':
      return [{ expected: issue.message, example: String(issue.params?.['example']) }];
    default: {
      const expected = known.length > 0 ? `{ ${known.join(', ')} }` : 'an object';
      return [{ expected, example: '{ … }' }];
    }
  }
}

function show(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
