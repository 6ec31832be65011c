import { expect, test } from 'vitest';
import { formatProblem } from './format-problem.ts';
import type { Problem } from './problem.ts';

const file = '/p/schema.ts';

test.each<[what: string, where: Partial<Problem>, lines: readonly string[]]>([
  ['nothing', {}, []],
  ['an object without a place', { object: 'public.notes' }, ['public.notes']],
  [
    'an object at a place without a name',
    { object: 'public.notes', places: [{ file, line: 3 }] },
    ['/p/schema.ts:3  public.notes'],
  ],
  [
    'a place with its own name',
    { object: 'public.notes.author_id', places: [{ file, line: 3, name: 'notes.authorId' }] },
    ['/p/schema.ts:3  notes.authorId'],
  ],
  ['a whole file', { places: [{ file }] }, ['/p/schema.ts']],
  [
    'members of one owner, in one file',
    {
      places: [
        { file, line: 3, name: 'notes.id' },
        { file, line: 3, name: 'notes.state' },
        { file, line: 5, name: 'notes.at' },
        { file: '/p/b.ts', line: 5, name: 'notes.by' },
        { file: '/p/b.ts', line: 6, name: 'tags.by' },
        { file: '/p/b.ts', line: 7, name: 'tags.by.x' },
      ],
    },
    [
      '/p/schema.ts:3  notes.id, state, at:5',
      '/p/b.ts:5  notes.by',
      '/p/b.ts:6  tags.by',
      '/p/b.ts:7  tags.by.x',
    ],
  ],
  [
    'context outside files',
    { places: [{ file: '/p/0001.sql', line: 2 }], context: ['ada@host/db', 'select\n1'] },
    ['/p/0001.sql:2', 'ada@host/db', 'select\n        1'],
  ],
])('%s', (_, where, lines) => {
  expect(formatProblem({ code: 'a/b', message: 'm.', fix: 'f.', ...where })).toBe(
    ['a/b: m.', ...lines.map((line) => `    at  ${line}`), '    fix f.'].join('\n'),
  );
});
