import { describe, expect, test } from 'vitest';
import { equalRules, knownChanges } from './known-changes.ts';
import { compare, told, version } from './team-rules.ts';

describe('every gain and loss of a known change is found, and no other', () => {
  test.each(knownChanges)('%s', (_, before, after, expected) => {
    expect(told(compare(version(before), version(after)))).toEqual([...expected].sort());
  });

  test.each(knownChanges)('backwards: %s', (_, before, after, expected) => {
    const turned = expected.map((one) => (one.startsWith('+') ? '-' : '+') + one.slice(1));
    expect(told(compare(version(after), version(before)))).toEqual([...turned].sort());
  });
});

describe('rules that mean the same', () => {
  test.each(equalRules)('%s', (_, before, after) => {
    const diff = compare(version(before), version(after));
    expect(told(diff)).toEqual([]);
  });
});
