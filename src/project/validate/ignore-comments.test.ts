import { expect, test } from 'vitest';
import { commentsIn } from './ignore-comments.ts';

const read = (text: string) =>
  commentsIn('/a/schema.ts', text).map(({ rule, reason, at, target }) => [
    rule,
    reason,
    at.line,
    'line' in target ? target.line.line : undefined,
  ]);

test.each([
  ['at the end of its line', `const a = 1; // garden-ignore lint/x: because\nconst b = 2;`, 1, 1],
  ['above its line', `// garden-ignore lint/x: because\nconst a = 1;`, 1, 2],
  [
    'above other comments and blank lines',
    `\n// garden-ignore lint/x: because\n// more\n\n/** A doc\n * comment. */\nconst a = 1;`,
    2,
    7,
  ],
  ['as a block', `/* garden-ignore lint/x: because */ const a = 1;`, 1, 1],
  ['with nothing after it', `const a = 1;\n// garden-ignore lint/x: because`, 2, 2],
])('a comment %s', (_, text, own, line) => {
  expect(read(text)).toEqual([['lint/x', 'because', own, line]]);
});

test.each([
  ['in a text', `const a = '// garden-ignore lint/x: because';`],
  ['in a template', 'const a = `\n// garden-ignore lint/x: because\n`;'],
  ['as the end of a comment', `// see garden-ignore lint/x: because`],
  ['as the beginning of a word', `// garden-ignored lint/x: because`],
])('%s it is none', (_, text) => {
  expect(read(text)).toEqual([]);
});

test('what is missing is empty', () => {
  expect(read('// garden-ignore lint/x\nconst a = 1;')).toEqual([['lint/x', '', 1, 2]]);
  expect(read('// garden-ignore\nconst a = 1;')).toEqual([['', '', 1, 2]]);
});
