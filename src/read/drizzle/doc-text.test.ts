import { expect, test } from 'vitest';
import { docText } from './doc-text.ts';

test.each([
  [' One line. ', 'One line.'],
  ['\n * Two\n * lines.\n ', 'Two lines.'],
  ['\n * Text.\n *\n * @example\n * code()\n ', 'Text.'],
  ['\n * @internal\n ', undefined],
  [' ', undefined],
  [' Made by {@link newId}, see {@link https://x.test the page}. ', 'Made by newId, see the page.'],
  [' An e-mail a@b.test stays. ', 'An e-mail a@b.test stays.'],
])('%j', (comment, text) => {
  expect(docText(comment)).toBe(text);
});
