import { escapeControls } from '../../command/escape-controls.ts';
import type { Paint } from '../../command/paint.ts';
import type { MetPart, TracedPart, Truth } from '../../guard/why/traced-part.ts';
import { wrapText } from './wrap-rule.ts';

const COLOURS: Readonly<Record<Truth, 'green' | 'red' | 'yellow'>> = {
  true: 'green',
  false: 'red',
  unknown: 'yellow',
};

const DECIDES = ' ← decides';

/** The parts of a rule as a tree, each with its value. */
export function printTrace(part: TracedPart, paint: Paint, width: number): readonly string[] {
  const { truth, words, parts, joined, decides } = part;
  const mark = decides && parts.length === 0 ? DECIDES : '';
  const label = truth.padEnd(9);
  const lines = wrapText(`${escapeControls(words)}${mark}`, width - label.length).map(
    (line, at) => `${at === 0 ? paint(COLOURS[truth], label) : ' '.repeat(label.length)}${line}`,
  );
  const inner = joined === undefined ? [] : printJoined(joined, width - label.length);
  return [
    ...lines,
    ...inner.map((line) => `${' '.repeat(label.length)}${line}`),
    ...branches(parts, (one) => printTrace(one, paint, width - 3)),
  ];
}

function printJoined(
  { count, met }: NonNullable<TracedPart['joined']>,
  width: number,
): readonly string[] {
  if (met === undefined) return [`${count === 0 ? 'no' : count} joined ${rowNoun(count)}`];
  return [
    `${count} joined ${rowNoun(count)}, of which:`,
    ...branches([met], (one) => printMet(one, width - 3)),
  ];
}

const rowNoun = (count: number): string => (count === 1 ? 'row' : 'rows');

function printMet({ words, count, parts }: MetPart, width: number): readonly string[] {
  return [
    ...wrapText(`${count} ${count === 1 ? 'meets' : 'meet'}: ${escapeControls(words)}`, width),
    ...branches(parts, (one) => printMet(one, width - 3)),
  ];
}

function branches<Part>(
  parts: readonly Part[],
  print: (part: Part) => readonly string[],
): readonly string[] {
  return parts.flatMap((part, index) => {
    const isLast = index === parts.length - 1;
    return print(part).map((line, at) =>
      at === 0 ? `${isLast ? '└─' : '├─'} ${line}` : `${isLast ? '  ' : '│ '} ${line}`,
    );
  });
}
