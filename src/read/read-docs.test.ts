import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDocs } from './read-docs.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-docs-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function docsOf(files: Record<string, string>): ReturnType<typeof readDocs> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return readDocs([join(folder, Object.keys(files)[0] ?? '')]);
}

test('the comments above tables and columns, through imports and re-exports', () => {
  const docs = docsOf({
    'index.ts': `export { a } from './a.js';\nexport * from './b';\n`,
    'a.ts': `
      import { b } from './b.ts';
      /** The first. */
      export const a = pgTable('first', {
        /** Its key. */
        id: id(),
        // Not a doc comment.
        plain: text(),
        /** Kept: only space stands between. */

        other: text(),
        ...spread(),
      }, (t) => []).enableRLS();
    `,
    'b.ts': `
      import './index.ts';
      /** Not of a table. */
      const x = 1;
      export const b = auth.table('second', {});
      /** A function. */
      export function pgTable() {}
    `,
  });
  expect([...docs.keys()].toSorted()).toEqual(['first', 'second']);
  expect(docs.get('first')?.doc).toBe('The first.');
  expect([...(docs.get('first')?.columns ?? [])]).toEqual([
    ['id', 'Its key.'],
    ['other', 'Kept: only space stands between.'],
  ]);
  expect(docs.get('second')).toEqual({ columns: new Map() });
});

test('a file with an error in it, and one that is not there, have no comments', () => {
  expect(docsOf({ 'broken.ts': 'export const = ;' }).size).toBe(0);
  expect(readDocs([join(folder, 'missing.ts')]).size).toBe(0);
});
