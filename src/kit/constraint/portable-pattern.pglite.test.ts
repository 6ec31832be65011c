import type { PGlite } from '@electric-sql/pglite';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blankPostgres } from '../../testing/blank-postgres.fixture.ts';
import { VISIBLE } from '../../model/values/blank.ts';
import { codePoints } from '../../model/values/predicate.ts';
import { portablePattern } from './portable-pattern.ts';

let database: PGlite;
beforeAll(async () => {
  database = await blankPostgres();
});
afterAll(() => database.close());

const characters = fc.constantFrom(
  ...[
    'a',
    'b',
    'Z',
    '0',
    '-',
    '.',
    '\n',
    ' ',
    '\t',
    'ß',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\u0300',
    '😀',
    '^',
    ']',
  ],
);
const subjects = fc.string({ unit: characters, maxLength: 6 });

const literal = characters.map((character) => character.replace(/[\\^$.|?*+()[\]{}/]/, '\\$&'));
const inClass = characters.map((character) => character.replace(/[\\^[\]-]/, '\\$&'));
const { pattern } = fc.letrec<{ pattern: string; atom: string; branch: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'pattern' },
    tie('branch'),
    fc.tuple(tie('branch'), tie('branch')).map(([a, b]) => `${a}|${b}`),
    tie('branch').map((branch) => `^${branch}$`),
  ),
  branch: fc
    .array(fc.tuple(tie('atom'), fc.constantFrom('', '', '?', '*', '+', '{2}', '{1,}', '{0,3}')), {
      maxLength: 3,
    })
    .map((atoms) => atoms.map(([atom, repeat]) => atom + repeat).join('')),
  atom: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'pattern', withCrossShrink: true },
    literal,
    fc.array(inClass, { minLength: 1, maxLength: 3 }).map((set) => `[${set.join('')}]`),
    fc.array(inClass, { minLength: 1, maxLength: 3 }).map((set) => `[^${set.join('')}]`),
    fc.constantFrom('[a-z]', '[^a-z0-9]', '\\u0061', '[\\u2000-\\u20ff]', '[a-c\\u0300-\\u036f]'),
    tie('pattern').map((inner) => `(${inner})`),
    tie('pattern').map((inner) => `(?:${inner})`),
  ),
}));

test('a portable pattern matches the same texts in Postgres and in JavaScript', async () => {
  let matched = 0;
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      pattern,
      fc.array(subjects, { minLength: 8, maxLength: 8 }),
      async (source, texts) => {
        const portable = portablePattern(new RegExp(source, 'u'), 'test');
        const { rows } = await database.query<{ matches: boolean }>(
          'select subject ~ $1 as matches from unnest($2::text[]) with ordinality as s (subject, at) order by at',
          [portable, texts],
        );
        const own = texts.map((text) => new RegExp(portable, 'u').test(text));
        matched += own.filter(Boolean).length;
        compared += own.length;
        expect(rows.map((row) => row.matches)).toEqual(own);
      },
    ),
    { numRuns: 300 },
  );
  // Patterns that always or never match would prove little.
  expect(matched / compared).toBeGreaterThan(0.1);
  expect(matched / compared).toBeLessThan(0.9);
});

test('both agree on white space for every character', async () => {
  const { rows } = await database.query<{ code: number }>(
    `select code from generate_series(1, 65535) as code
     where code not between 55296 and 57343 and chr(code) ~ $1`,
    [VISIBLE],
  );
  const visible = new RegExp(VISIBLE, 'u');
  const own: number[] = [];
  for (let code = 1; code <= 65_535; code += 1) {
    if (code >= 55_296 && code <= 57_343) continue;
    if (visible.test(String.fromCodePoint(code))) own.push(code);
  }
  expect(rows.map((row) => row.code)).toEqual(own);
  // White space according to JavaScript is blank here too.
  for (const code of own) expect(String.fromCodePoint(code).trim()).not.toBe('');
});

test('text length is counted as in Postgres', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
      async (text) => {
        const { rows } = await database.query<{ length: number }>(
          'select char_length($1) as length',
          [text],
        );
        expect(rows[0]?.length).toBe(codePoints(text));
      },
    ),
    { numRuns: 200 },
  );
});
