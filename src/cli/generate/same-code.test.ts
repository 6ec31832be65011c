import { format } from 'oxfmt';
import { expect, test } from 'vitest';
import { isSameCode } from './same-code.ts';

const made = `// Made by a program.
/* eslint-disable */
import type { Theme } from '../types.ts';

export const schema = {
  tables: {
    plants: {
      columns: {
        "it's": { type: 'json', customType: null as unknown as readonly ('a' | 'b')[] },
        'as-written': { type: 'string', customType: null as unknown as 'a' | "ha'ppy" | \`v\${number}\` },
        theme: { type: 'json', customType: null as unknown as { a?: Theme; b: (typeof import('./x.ts'))['y'] } },
        many: { type: 'json', customType: null as unknown as ReadonlyArray<{ first: string; second: number }> | null },
      },
      primaryKey: ["it's"],
    },
  },
} as const;

/** What grows. */
export type Plant = 1;
export type Bed = 2;

declare module '@rocicorp/zero' {
  interface DefaultTypes {
    schema: Schema;
  }
}
`;

test.each([
  {},
  { singleQuote: true, semi: false, trailingComma: 'none' },
  { printWidth: 40, useTabs: true, quoteProps: 'consistent', bracketSpacing: false },
] as const)('what a formatter made of it is the same: %j', async (options) => {
  const { code } = await format('made.ts', made, options);
  expect(code).not.toBe(made);
  expect(isSameCode(code, made)).toBe(true);
});

test.each([
  ['', '', true],
  ['// Made by a program.', '// @ts-nocheck', true],
  ['export type Bed', '// prettier-ignore\nexport type Bed', true],
  ['/** What grows. */', '/**\n * What grows.\n */', false],
  ['as const;', 'as const', true],
  ["readonly ('a' | 'b')[]", "((readonly (('a') | 'b')[]))", true],
  ["'as-written': {", "['as-written']: {", false],
  ["'as-written': {", "'as-written ': {", false],
  [`"ha'ppy"`, String.raw`'ha\'ppy'`, true],
  ["ha'ppy", 'happy', false],
  ["type: 'string'", "type: 'number'", false],
  ["readonly ('a' | 'b')[]", "('a' | 'b')[]", false],
  ["'a' | \"ha'", "\"ha'ppy\" | 'a' | \"ha'", false],
  ['a?: Theme', 'a: Theme', false],
  ['v${number}', 'w${number}', false],
  ['Plant = 1', 'Plant = 3', false],
  ['export type Bed = 2;\n', '', false],
  ['as const', '', false],
  ['import type { Theme }', 'import { Theme }', false],
  [
    '/** What grows. */\nexport type Plant = 1;',
    'export type Plant = 1;\n/** What grows. */',
    false,
  ],
  ['/** What grows. */', '/** What grew. */', false],
  ['/** What grows. */', '', false],
  ['as const;', 'as const;\n<<<<<<< HEAD', false],
])('%j instead of %j: the same %j', (text, other, same) => {
  expect(made).toContain(text);
  expect(
    isSameCode(
      made.replace(text, () => other),
      made,
    ),
  ).toBe(same);
});
