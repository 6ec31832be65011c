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

test('the first run creates everything, in order', () => {
  expect(diffCompanion({}, [thing('f'), thing('t')], existing)).toEqual({
    firstDrops: [],
    drops: [],
    creates: ['make f', 'make t'],
  });
});

test('without changes nothing is written', () => {
  const wanted = [thing('f'), thing('t')];
  expect(diffCompanion(companionRecord(wanted), wanted, existing)).toEqual({
    firstDrops: [],
    drops: [],
    creates: [],
  });
});

test('only changed objects are created again; removed objects are dropped first, in reverse order', () => {
  const recorded = companionRecord([thing('f'), thing('g'), thing('t'), thing('u')]);
  expect(diffCompanion(recorded, [thing('f'), thing('u', 'make u differently')], existing)).toEqual(
    {
      firstDrops: [],
      drops: ['drop t', 'drop g'],
      creates: ['make u differently'],
    },
  );
});

test('objects of a dropped table are not dropped separately', () => {
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

test('objects that block the migration are dropped before it', () => {
  const recorded = companionRecord([thing('f'), { ...thing('blocks'), dropFirst: 'when removed' }]);
  expect(diffCompanion(recorded, [], existing)).toEqual({
    firstDrops: ['drop blocks'],
    drops: ['drop f'],
    creates: [],
  });
});

const preparation = (
  states: Readonly<Record<string, string>>,
  table = '"public"."a"',
): CompanionObject => ({
  ...thing('preparation', `prepare for ${JSON.stringify(states)}`),
  runsOnChangeOf: Object.entries(states).map(([part, definition]) => ({ table, part, definition })),
});

test.each<[what: string, before: CompanionObject, now: CompanionObject, runs: boolean]>([
  ['is added', preparation({ id: 'int' }), preparation({ id: 'int', title: 'text' }), false],
  ['is removed', preparation({ id: 'int', title: 'text' }), preparation({ id: 'int' }), true],
  ['changes', preparation({ id: 'int' }), preparation({ id: 'text' }), true],
  [
    'is dropped with its table',
    preparation({ id: 'int' }, '"public"."gone"'),
    preparation({}),
    false,
  ],
])('preparing statements run only if necessary: for a property that %s', (_, before, now, runs) => {
  const { creates } = diffCompanion(companionRecord([before]), [now], existing);
  expect(creates).toEqual(runs ? [now.create] : []);
});

test('before the first migration nothing has to be prepared', () => {
  expect(diffCompanion({}, [preparation({ id: 'int' })], existing).creates).toEqual([]);
});
