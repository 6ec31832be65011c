import type { SettingPath } from './problem.ts';

/** A setting as a TypeScript expression: `zero.tables.posts`. */
export const showSetting = (path: SettingPath): string =>
  path
    .map((key, index) => {
      if (/^\d+$/.test(key)) return `[${key}]`;
      if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `[${quote(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');

/** A text as a TypeScript string literal. */
export const quote = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
