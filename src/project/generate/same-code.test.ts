import { format } from 'oxfmt';
import { expect, test } from 'vitest';
import { isSameCode } from './same-code.ts';

const made = `// Made by a program.
/* eslint-disable */
import { createBuilder, type Row } from '@rocicorp/zero';
import type * as Settings from '../settings.ts';
import type { Plot, Theme } from '../types.ts';

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
  { sortImports: { order: 'desc' } },
  { printWidth: 40, useTabs: true, quoteProps: 'consistent', bracketSpacing: false },
] as const)('formatted code is the same: %j', async (options) => {
  const { code } = await format('made.ts', made, options);
  expect(code).not.toBe(made);
  expect(isSameCode(code, made)).toBe(true);
});

test.each([
  [
    'other places',
    `
import type { Theme, Plot } from '../types.ts';
import { type Row, createBuilder } from '@rocicorp/zero';

import type * as Settings from '../settings.ts';
`,
    true,
  ],
  [
    'separate statements',
    `
import type { Plot } from '../types.ts';
import type { Theme } from '../types.ts';
import type * as Settings from '../settings.ts';
import type { Row } from '@rocicorp/zero';
import { createBuilder } from '@rocicorp/zero';
`,
    true,
  ],
  [
    'a module that is loaded for a type',
    `
import { createBuilder, type Row } from '@rocicorp/zero';
import type * as Settings from '../settings.ts';
import { type Plot, type Theme } from '../types.ts';
`,
    false,
  ],
  [
    'a value instead of a type',
    `
import { createBuilder, Row } from '@rocicorp/zero';
import type * as Settings from '../settings.ts';
import type { Plot, Theme } from '../types.ts';
`,
    false,
  ],
  [
    'another name',
    `
import { createBuilder, type Row } from '@rocicorp/zero';
import type * as Settings from '../settings.ts';
import type { Plot as Theme, Theme as Plot } from '../types.ts';
`,
    false,
  ],
  [
    'one more',
    `
import '../effects.ts';
import { createBuilder, type Row } from '@rocicorp/zero';
import type * as Settings from '../settings.ts';
import type { Plot, Theme } from '../types.ts';
`,
    false,
  ],
  [
    'one from another module',
    `
import { createBuilder, type Row } from '@rocicorp/zero';
import type * as Settings from '../other.ts';
import type { Plot, Theme } from '../types.ts';
`,
    false,
  ],
])('imports that have %s: the same %j', (_, imports, same) => {
  const statements = /^import[^]*types\.ts';\n/m;
  expect(made).toMatch(statements);
  expect(isSameCode(made.replace(statements, imports), made)).toBe(same);
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
  ['import type { Plot, Theme }', 'import { Plot, Theme }', false],
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
