import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffTemplates, type DiffLine } from './diff-templates.ts';

const content = (templateContent: string) => ({ templateContent, variables: null });
const textOf = (lines: readonly DiffLine[], without: DiffLine['kind']): string =>
  lines
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join('\n');

test('shows changed lines and variables', () => {
  const before = {
    templateContent: 'one\ntwo\nthree\nfour',
    variables: [
      { name: 'kept', type: 'text' },
      { name: 'changed', type: 'text' },
      { name: 'gone', type: 'text' },
    ],
  } as const;
  const after = {
    templateContent: 'one\n2\nthree\nfour\nfive',
    variables: [
      { type: 'text', name: 'kept' },
      { name: 'changed', type: 'number' },
      { name: 'added', type: 'text' },
    ],
  } as const;
  expect(diffTemplates(before, after)).toEqual({
    lines: [
      { kind: 'same', text: 'one' },
      { kind: 'removed', text: 'two' },
      { kind: 'added', text: '2' },
      { kind: 'same', text: 'three' },
      { kind: 'same', text: 'four' },
      { kind: 'added', text: 'five' },
    ],
    variables: { added: ['added'], removed: ['gone'], changed: ['changed'] },
  });
});

test('a diff contains both contents, and as many equal lines as possible', () => {
  const lines = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 })
    .map((list) => list.join('\n'));
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const diff = diffTemplates(content(before), content(after)).lines;
      expect(textOf(diff, 'added')).toBe(before);
      expect(textOf(diff, 'removed')).toBe(after);
      const same = diff.filter(({ kind }) => kind === 'same').length;
      expect(same).toBe(longestCommon(before.split('\n'), after.split('\n')));
    }),
  );
});

test('contents without a common line, each of 5,000 lines, do not exhaust the memory', () => {
  const lines = (name: string) =>
    Array.from({ length: 5_000 }, (_, at) => `${name}${at}`).join('\n');
  const diff = diffTemplates(content(lines('a')), content(lines('b'))).lines;
  expect(diff).toHaveLength(10_000);
});

/** The length of the longest common subsequence, by recursion. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const known = new Map<string, number>();
  const length = (i: number, j: number): number => {
    if (i === a.length || j === b.length) return 0;
    const key = `${i} ${j}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const result =
      a[i] === b[j] ? 1 + length(i + 1, j + 1) : Math.max(length(i + 1, j), length(i, j + 1));
    known.set(key, result);
    return result;
  };
  return length(0, 0);
}
