import { nearestName } from '../report/nearest-name.ts';
import type { SettingPath } from '../report/problem.ts';
import { quote, showSetting } from '../report/show-setting.ts';
import { checkShape, type Shape, type WrongSetting } from './config-shape.ts';

/** Not an empty one, which says nothing. */
export const text = (example: string): Shape => ({
  expected: 'a text',
  example: () => quote(example),
  fits: (value) => typeof value === 'string' && value !== '',
});

/** One of some words. */
export const oneOf = (...words: readonly string[]): Shape => ({
  expected: anyOf(words.map(quote)),
  example: (found) =>
    quote((typeof found === 'string' && nearestName(found, words)) || (words[0] ?? '')),
  fits: (value) => words.some((word) => word === value),
});

export const exactly = (only: boolean): Shape => ({
  expected: String(only),
  example: () => String(only),
  fits: (value) => value === only,
});

/** A list of texts, and of at least one. */
export const names: Shape = {
  expected: 'a list of names',
  example: (found) => `[${quote(typeof found === 'string' ? found : 'name')}]`,
  fits: (value) => isTexts(value) && value.length > 0,
};

/** The join table and the table behind it. */
export const twoNames: Shape = {
  expected: 'two names in a list',
  example: () => "['joinTable', 'target']",
  fits: (value) => isTexts(value) && value.length === 2,
};

/** An object with any keys, whose values are all of one shape. */
export const record = (of: Shape): Shape => ({
  expected: 'an object',
  example: (found) => `{ ${typeof found === 'string' ? found : 'name'}: ${of.example(undefined)} }`,
  fits: isRecord,
  inside: (value, path) =>
    Object.entries(value as object).flatMap(([key, own]) => checkShape(of, own, [...path, key])),
});

/** An object with these keys and no others. Those that are not `needed` may be left out. */
export function object(
  settings: Readonly<Record<string, Shape>>,
  needed: readonly string[] = [],
): Shape {
  const known = Object.keys(settings);
  return {
    expected: `{ ${known.join(', ')} }`,
    example() {
      const [first = ''] = known;
      const shown = needed.length > 0 ? needed : [first];
      return `{ ${shown.map((key) => `${key}: ${settings[key]?.example(undefined)}`).join(', ')} }`;
    },
    fits: isRecord,
    inside(value, path) {
      const found = value as Readonly<Record<string, unknown>>;
      return [
        ...Object.entries(found).flatMap(([key, own]) => {
          const shape = Object.hasOwn(settings, key) ? settings[key] : undefined;
          if (shape === undefined) return [unknownKey(key, path, known)];
          return own === undefined ? [] : checkShape(shape, own, [...path, key]);
        }),
        ...needed
          .filter((key) => found[key] === undefined)
          .map((key) => missingKey(key, path, settings[key])),
      ];
    },
  };
}

/** An object of which only these keys are looked at. */
export const someOf = (settings: Readonly<Record<string, Shape>>): Shape => ({
  ...object(settings),
  expected: 'an object',
  inside: (value, path) =>
    Object.entries(settings).flatMap(([key, shape]) => {
      const own = (value as Readonly<Record<string, unknown>>)[key];
      return own === undefined ? [] : checkShape(shape, own, [...path, key]);
    }),
});

/** Any of several shapes. */
export const either = (...shapes: readonly [Shape, ...Shape[]]): Shape => ({
  expected: anyOf(shapes.map(({ expected }) => expected)),
  example: (found) => shapes[0].example(found),
  fits: (value) => shapes.some((shape) => shape.fits(value)),
  inside: (value, path) => shapes.find((shape) => shape.fits(value))?.inside?.(value, path) ?? [],
});

function unknownKey(key: string, path: SettingPath, known: readonly string[]): WrongSetting {
  const nearest = nearestName(key, known);
  return {
    path: [...path, key],
    message: `it says ${showSetting([...path, key])}, which is no setting.`,
    fix:
      nearest === undefined
        ? `it has: ${known.join(', ')}.`
        : `did you mean ${showSetting([...path, nearest])}?`,
  };
}

const missingKey = (key: string, path: SettingPath, shape: Shape | undefined): WrongSetting => ({
  path,
  message: `${showSetting([...path, key])} is missing, and should be ${shape?.expected}.`,
  fix: `write ${key}: ${shape?.example(undefined)} there.`,
});

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function anyOf(expected: readonly string[]): string {
  return expected.length < 2
    ? expected.join()
    : `${expected.slice(0, -1).join(', ')} or ${expected.at(-1)}`;
}
