import type { SettingPath } from '../report/problem.ts';
import { quote, showSetting } from '../report/show-setting.ts';

/** What a setting may be, and what is inside of it. */
export interface Shape {
  /** As it follows "should be". */
  readonly expected: string;
  /** Something that it may be, as it is written. */
  example(found: unknown): string;
  /** Whether a value is of this kind at all; what is inside of it is another matter. */
  fits(value: unknown): boolean;
  inside?(value: unknown, path: SettingPath): readonly WrongSetting[];
}

export interface WrongSetting {
  readonly path: SettingPath;
  /** What is wrong, as a sentence. */
  readonly message: string;
  readonly fix: string;
}

/** All that is wrong with a value. */
export function checkShape(
  shape: Shape,
  value: unknown,
  path: SettingPath,
): readonly WrongSetting[] {
  if (shape.fits(value)) return shape.inside?.(value, path) ?? [];
  const name = showSetting(path);
  return [
    {
      path,
      message: `${name} is ${show(value)}, and should be ${shape.expected}.`,
      fix: `write ${name}: ${shape.example(value)}, or take it out.`,
    },
  ];
}

function show(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}
