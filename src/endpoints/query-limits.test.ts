import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { queryAllowance } from './query-limits.ts';

const request = new Request('http://api.test/query');
const ann = { sub: 'ann' };
const queries = (count: number, from = 0): readonly object[] =>
  Array.from({ length: count }, (_, at) => ({ id: `q${at}`, name: 'list', args: [from + at] }));
const refused = (reasons: readonly (string | undefined)[]): number =>
  reasons.filter((reason) => reason !== undefined).length;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the first 200 queries of a request are answered', () => {
  const reasons = queryAllowance()(request, undefined, queries(201));
  expect(reasons.slice(0, 200)).toEqual(Array.from({ length: 200 }));
  expect(reasons[200]).toBe('too many queries in one request: at most 200 are answered.');
});

describe('of one client', () => {
  test('600 different queries are answered per minute; repeated ones do not count', () => {
    const ask = queryAllowance();
    for (const from of [0, 200, 400, 0]) {
      expect(refused(ask(request, ann, queries(200, from)))).toBe(0);
    }
    expect(ask(request, ann, queries(1, 600))).toEqual([
      'too many queries: at most 600 different ones are answered per minute.',
    ]);
    expect(refused(ask(request, { sub: 'ben' }, queries(200, 600)))).toBe(0);
    vi.advanceTimersByTime(60_000);
    expect(refused(ask(request, ann, queries(200, 600)))).toBe(0);
  });

  test('a query is identified by name and arguments, because the client chooses the id', () => {
    const ask = queryAllowance({ perMinute: 1 });
    expect(refused(ask(request, ann, [{ id: 'x', name: 'list', args: [1] }]))).toBe(0);
    expect(refused(ask(request, ann, [{ id: 'y', name: 'list', args: [1] }]))).toBe(0);
    expect(refused(ask(request, ann, [{ id: 'x', name: 'list', args: [2] }]))).toBe(1);
  });

  test('anonymous clients are counted if the application identifies them', () => {
    const none = queryAllowance({ perMinute: 1 });
    expect(refused(none(request, undefined, queries(5)))).toBe(0);
    const byAddress = queryAllowance({
      perMinute: 1,
      client: (asked) => asked.headers.get('x-real-ip') ?? undefined,
    });
    const from = (address: string) => new Request(request, { headers: { 'x-real-ip': address } });
    expect(refused(byAddress(from('192.0.2.1'), undefined, queries(5)))).toBe(4);
    expect(refused(byAddress(from('192.0.2.2'), undefined, queries(1)))).toBe(0);
  });
});

test.each([0, -1, Number.NaN, '5', undefined])('%j is no limit', (perRequest) => {
  expect(() => queryAllowance({ perRequest: perRequest as number })).toThrow(/perRequest is/);
});
