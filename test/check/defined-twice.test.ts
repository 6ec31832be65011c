import { expect, test } from 'vitest';
import { rulesOf } from '../../src/check/built-in-rules.ts';
import { runRules } from '../../src/check/run-rules.ts';
import { loadTexts } from './rule-examples.fixture.ts';

const CASES: readonly (readonly [text: string, found: readonly string[]])[] = [
  [
    `export const mood = pgEnum('mood', ['a', 'b', 'a', 'a']);`,
    ['lint/enum-value-twice public.mood: the enum mood has the value a twice.'],
  ],
  [
    `export const one = pgRole('r');
export const two = pgRole('r', { createDb: true });`,
    ['lint/name-clash r: the role r is defined twice.'],
  ],
  [
    `export const one = pgRole('r');
export const two = pgRole('r').existing();`,
    ['lint/name-clash r: the role r is defined twice.'],
  ],
  [
    `export const one = pgEnum('mood', ['a']);
export const two = pgEnum('mood', ['b']);`,
    ['lint/name-clash public.mood: the enum mood is defined twice.'],
  ],
  [
    `export const mood = pgEnum('mood', ['a', 'A']);
export const archive = pgSchema('archive');
export const oldMood = archive.enum('mood', ['a']);
export const r = pgRole('r');
export const alias = r;
export const one = pgRole('s').existing();
export const two = pgRole('s').existing();`,
    [],
  ],
];

const schemas = await loadTexts(CASES.map(([text]) => text));

test.each(CASES.map(([text, found], at) => ({ text, found, at })))('$text', ({ found, at }) => {
  const schema = schemas[at];
  if (schema === undefined) throw new Error('not loaded');
  const told = runRules(schema, { rules: rulesOf(['recommended']), input: 'definitions' });
  expect(told.map(({ code, object, message }) => `${code} ${object}: ${message}`)).toEqual(found);
});
