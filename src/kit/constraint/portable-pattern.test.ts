import { describe, expect, test } from 'vitest';
import { ProblemError } from '../../report/problem.ts';
import { portablePattern } from './portable-pattern.ts';

describe('a pattern that both interpret alike is returned unchanged', () => {
  test.each([
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    /^#[0-9a-f]{6}$/,
    /^https?:\/\/[^\u0001-\u0020"<>]+$/u,
    /^(?:a|b\.c|)$/,
    /^[\]\\^-]{1,255}$/,
    /^[-a]x?y*z+$/,
    /ü{2,}/,
  ])('%s', (regex) => {
    expect(portablePattern(regex, 'public.labels.name')).toBe(regex.source);
  });
});

describe('a pattern that they interpret differently is refused', () => {
  test.each([
    [/^.+$/, '".+$"'],
    [/\d/, '"\\\\d"'],
    [/\w+/, '"\\\\w+"'],
    [/a\b/, '"\\\\b"'],
    [/[\s]/, '"[\\\\s]"'],
    [/a/i, 'the flag "i"'],
    [/a(?=b)/, '"?"'],
    [/(?<!b)a/, '"?"'],
    [/(a)\1/, '"\\\\1"'],
    [/a+?/, '"?" with nothing to repeat'],
    [/a{256}/, 'a count over 255'],
    [/[]/, '"[]"'],
    [/[^]/, '"[^]"'],
    [/a\-b/, '"\\\\-b"'],
    [/[[:alpha:]]/, '"[[:alpha:]]"'],
    [/\p{L}/u, '"\\\\p{L}"'],
    [/\ud83d/, '"\\\\ud83d"'],
  ])('%s', (regex, found) => {
    expect(() => portablePattern(regex, 'public.labels.name')).toThrow(ProblemError);
    try {
      portablePattern(regex, 'public.labels.name');
    } catch (error) {
      const { problem } = error as ProblemError;
      expect(problem.code).toBe('kit/pattern-not-portable');
      expect(problem.object).toBe('public.labels.name');
      expect(problem.message).toContain(found.replaceAll('\\\\', '\\'));
    }
  });
});
