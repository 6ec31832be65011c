import { expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod/v4';
import { defineSettings, flag, maintenance, rateLimit, setting } from './define-settings.ts';
import type { FlagValue } from './flag.ts';
import { readSettings } from './read-settings.ts';

const definitions = defineSettings({
  supportEmail: setting(z.email(), { default: 'help@example.org', public: true }),
  limits: setting(z.object({ most: z.number() }), { default: { most: 3 } }),
  history: flag({ default: { enabled: true }, public: true }),
  messages: rateLimit({ default: { capacity: 20, refill: 20, per: 60_000 } }),
  cleanup: maintenance({ default: { enabled: true, at: '03:30', batch: 1000 } }),
});

test('settings without rows have their defaults, with their types', () => {
  const { values, problems } = readSettings(definitions, []);
  expect(problems).toEqual([]);
  expect(values).toEqual({
    supportEmail: 'help@example.org',
    limits: { most: 3 },
    history: { enabled: true },
    messages: { capacity: 20, refill: 20, per: 60_000 },
    cleanup: { enabled: true, at: '03:30', batch: 1000 },
  });
  expectTypeOf(values.supportEmail).toEqualTypeOf<string>();
  expectTypeOf(values.limits.most).toEqualTypeOf<number>();
  expectTypeOf(values.history).toEqualTypeOf<FlagValue>();
});

test('rows replace defaults, and a row that is not valid is reported', () => {
  const { values, problems } = readSettings(definitions, [
    { key: 'supportEmail', value: 'a@example.org', isPublic: true },
    { key: 'limits', value: { most: 'many' }, isPublic: false },
    { key: 'history', value: false, isPublic: true },
    { key: 'messages', value: { capacity: -1, refill: 1, per: 1 }, isPublic: true },
    { key: 'gone', value: 1, isPublic: true },
    { key: '__proto__', value: 1, isPublic: true },
  ]);
  expect(values.supportEmail).toBe('a@example.org');
  expect(values.limits).toEqual({ most: 3 });
  expect(values.history).toEqual({ enabled: true });
  expect(problems.map(({ code }) => code)).toEqual([
    'settings/invalid',
    'settings/invalid',
    'settings/invalid',
    'settings/exposed',
    'settings/unknown',
    'settings/unknown',
  ]);
});

test('a bad key and a bad default are refused', () => {
  const code = (define: () => unknown): unknown => {
    try {
      return define();
    } catch (error) {
      return Reflect.get(Reflect.get(Object(error), 'problem') as object, 'code');
    }
  };
  expect(code(() => defineSettings({ 'Bad key': flag({ default: { enabled: true } }) }))).toBe(
    'settings/key',
  );
  expect(code(() => defineSettings({ a: setting(z.email(), { default: 'x' }) }))).toBe(
    'settings/default',
  );
  expect(code(() => defineSettings({ a: setting(z.null(), { default: null }) }))).toBe(
    'settings/default',
  );
  expect(
    code(() =>
      defineSettings({ a: maintenance({ default: { enabled: true, at: '24:00', batch: 1 } }) }),
    ),
  ).toBe('settings/default');
});
