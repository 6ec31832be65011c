import { expect, test, vi } from 'vitest';
import { newId } from './id.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const timeOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

test('an id is a version 7 UUID with the current time', () => {
  const before = Date.now();
  const id = newId();
  expect(id).toMatch(UUID_V7);
  expect(timeOf(id)).toBeGreaterThanOrEqual(before);
  expect(timeOf(id)).toBeLessThanOrEqual(Date.now() + 100);
});

test('100,000 ids are distinct and ascend', () => {
  const ids = Array.from({ length: 100_000 }, newId);
  expect(ids.every((id) => UUID_V7.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(ids.toSorted());
});

test('ids ascend even if the clock steps back', () => {
  const first = newId();
  const now = Date.now();
  const clock = vi.spyOn(Date, 'now').mockReturnValue(now - 60_000);
  try {
    const ids = Array.from({ length: 10_000 }, newId);
    expect([first, ...ids]).toEqual([first, ...ids].toSorted());
    // At least 2,048 ids fit into a millisecond, so the time runs ahead of the clock only slightly.
    expect(timeOf(ids.at(-1) ?? '')).toBeLessThan(now + 50);
  } finally {
    clock.mockRestore();
  }
});
