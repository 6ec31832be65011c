import { outlineInWords } from '../../rules/rule-in-words.ts';
import type { Owner } from '../../rules/condition-in-words.ts';
import type { RuleOutline } from '../../rules/outline-rule.ts';

/** A rule as lines of text: one line if it fits, otherwise a list of its parts. */
export function wrapRule(
  outline: RuleOutline,
  width: number,
  owner: Owner = "the row's",
): readonly string[] {
  const text = outlineInWords(outline, owner);
  if (text.length <= width) return [text];
  if (outline.kind === 'and' || outline.kind === 'or') {
    return [`${HEADINGS[outline.kind]}:`, ...listOf(outline.parts, width, owner)];
  }
  const inner = outline.kind === 'rows' ? outline.inner : undefined;
  if (outline.kind !== 'rows' || (inner?.kind !== 'and' && inner?.kind !== 'or')) {
    return wrapText(text, width);
  }
  return [
    ...wrapText(`${outline.words}, for which ${HEADINGS[inner.kind]}:`, width),
    ...listOf(inner.parts, width, 'its'),
  ];
}

const HEADINGS = { and: 'all of', or: 'any of' } as const;

const listOf = (parts: readonly RuleOutline[], width: number, owner: Owner): readonly string[] =>
  parts.flatMap((part) =>
    wrapRule(part, width - 2, owner).map((line, at) => `${at === 0 ? '- ' : '  '}${line}`),
  );

/** Breaks a text at spaces. A longer word stays whole. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
