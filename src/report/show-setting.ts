import type { SettingPath } from './problem.ts';

/** A setting as TypeScript names it: `zero.tables.posts`. */
export const showSetting = (path: SettingPath): string =>
  path
    .map((key, index) => {
      if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `[${quote(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');

/** A text as TypeScript writes it. */
export const quote = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
