import { expect, test } from 'vitest';
import type { CompanionObject } from './companion-object.ts';
import { companionRecord, diffCompanion } from './diff-companion.ts';

const thing = (key: string, create = `make ${key}`, on?: string): CompanionObject => ({
  key,
  create,
  drop: `drop ${key}`,
  ...(on === undefined ? {} : { on }),
});

const existing = new Set(['"public"."a"']);

test('the first time everything is made, in order', () => {
  expect(diffCompanion({}, [thing('f'), thing('t')], existing)).toEqual({
    firstDrops: [],
    drops: [],
    creates: ['make f', 'make t'],
  });
});

test('nothing changed, nothing written', () => {
  const wanted = [thing('f'), thing('t')];
  expect(diffCompanion(companionRecord(wanted), wanted, existing)).toEqual({
    firstDrops: [],
    drops: [],
    creates: [],
  });
});

test('only what changed is made anew; what is gone is dropped first, last made first', () => {
  const recorded = companionRecord([thing('f'), thing('g'), thing('t'), thing('u')]);
  expect(diffCompanion(recorded, [thing('f'), thing('u', 'make u differently')], existing)).toEqual(
    {
      firstDrops: [],
      drops: ['drop t', 'drop g'],
      creates: ['make u differently'],
    },
  );
});

test('what stood on a table that is gone went with it', () => {
  const recorded = companionRecord([
    thing('on a', 'x', '"public"."a"'),
    thing('on b', 'x', '"public"."b"'),
  ]);
  expect(diffCompanion(recorded, [], existing)).toEqual({
    firstDrops: [],
    drops: ['drop on a'],
    creates: [],
  });
});

test('what stands in the way goes before the migration', () => {
  const recorded = companionRecord([thing('f'), { ...thing('in the way'), goesFirst: true }]);
  expect(diffCompanion(recorded, [], existing)).toEqual({
    firstDrops: ['drop in the way'],
    drops: ['drop f'],
    creates: [],
  });
});
