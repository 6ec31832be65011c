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

const way = (states: Readonly<Record<string, string>>, on = '"public"."a"'): CompanionObject => ({
  ...thing('way', `make way for ${JSON.stringify(states)}`),
  makesWayFor: Object.entries(states).map(([what, state]) => ({ on, what, state })),
});

test.each<[what: string, before: CompanionObject, now: CompanionObject, runs: boolean]>([
  ['is added', way({ id: 'int' }), way({ id: 'int', title: 'text' }), false],
  ['goes', way({ id: 'int', title: 'text' }), way({ id: 'int' }), true],
  ['changes', way({ id: 'int' }), way({ id: 'text' }), true],
  ['goes with its table', way({ id: 'int' }, '"public"."gone"'), way({}), false],
])('what makes way runs only where it has to: a thing that %s', (_, before, now, runs) => {
  const { creates } = diffCompanion(companionRecord([before]), [now], existing);
  expect(creates).toEqual(runs ? [now.create] : []);
});

test('before the first time nothing stands in the way', () => {
  expect(diffCompanion({}, [way({ id: 'int' })], existing).creates).toEqual([]);
});
