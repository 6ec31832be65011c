import { parsePattern, type PatternNode, type Range } from './parse-pattern.ts';
import type { Random } from './random.ts';

/**
 * Generates a text that matches the whole pattern; `undefined` if the pattern cannot be
 * parsed.
 *
 * @param lengths number of repetitions: `0` for the minimum, `1` for a few more.
 */
export function textOfPattern(
  pattern: string,
  random: Random,
  lengths: 0 | 1 = 1,
): string | undefined {
  const node = parsePattern(pattern);
  return node && textOf(node, random, lengths);
}

function textOf(node: PatternNode, random: Random, lengths: 0 | 1): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'class':
      return characterOf(node, random);
    case 'all':
      return node.parts.map((part) => textOf(part, random, lengths)).join('');
    case 'any':
      return textOf(random.pick(node.branches), random, lengths);
    case 'repeat': {
      const count = node.min + lengths * random.below(Math.min(node.max - node.min, 8) + 1);
      return Array.from({ length: count }, () => textOf(node.node, random, lengths)).join('');
    }
  }
}

// Common characters, preferred over the rest of a class.
const PLAIN: readonly number[] = [...'abcdefghijklmnopqrstuvwxyz0123456789ABCXYZ-_./ !~é中'].map(
  (character) => character.codePointAt(0) ?? 0,
);

function characterOf(
  { negated, ranges }: Extract<PatternNode, { kind: 'class' }>,
  random: Random,
): string {
  const inside = (code: number): boolean =>
    ranges.some(([first, last]) => code >= first && code <= last);
  const plain = PLAIN.filter((code) => inside(code) !== negated);
  if (plain.length > 0) return String.fromCodePoint(random.pick(plain));
  if (negated) return '\u4e2d';
  const [first, last]: Range = random.pick(ranges);
  return String.fromCodePoint(first + random.below(last - first + 1));
}
