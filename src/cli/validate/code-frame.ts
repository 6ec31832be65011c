import { readFileSync } from 'node:fs';
import { escapeControls } from '../../command/escape-controls.ts';
import type { Paint } from '../../command/paint.ts';

/** The lines of a file, or an empty list if it cannot be read. */
export type ReadLines = (file: string) => readonly string[];

export interface FrameOptions {
  readonly paint: Paint;
  /** Longer lines are truncated, because generated SQL is often on one line. */
  readonly width: number;
}

/** Reads each file once. */
export function lineReader(): ReadLines {
  const read = new Map<string, readonly string[]>();
  return (file) => {
    const lines = read.get(file) ?? linesOf(file);
    read.set(file, lines);
    return lines;
  };
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r\n|\n|\r/);
  } catch {
    // A finding is printed even if its source cannot be read.
    return [];
  }
}

/**
 * The line of a finding and the non-empty lines around it, without their common indentation:
 *
 *     5 │   id: uuid('id').primaryKey(),
 *   > 6 │   authorId: uuid('author_id').references(() => users.id),
 *     7 │ });
 */
export function codeFrame(
  lines: readonly string[],
  line: number,
  { paint, width }: FrameOptions,
): readonly string[] {
  if (line < 1 || line > lines.length) return [];
  const isEmpty = (number: number): boolean => (lines[number - 1] ?? '').trim() === '';
  const first = line - 1 < 1 || isEmpty(line - 1) ? line : line - 1;
  const last = isEmpty(line + 1) ? line : line + 1;
  const shown = lines.slice(first - 1, last).map((text) => text.replaceAll('\t', '  '));
  const indents = shown.filter((text) => text.trim() !== '').map((text) => text.search(/\S/));
  const indent = Math.min(...indents, Infinity);
  const digits = String(first + shown.length - 1).length;
  return shown.map((text, at) => {
    const number = String(first + at).padStart(digits);
    const code = cut(
      escapeControls(text.slice(Number.isFinite(indent) ? indent : 0)),
      width - digits - '> '.length - ' │ '.length,
    );
    const row = `${number} │ ${code}`.trimEnd();
    return first + at === line ? `${paint('red', '>')} ${row}` : `  ${paint('dim', row)}`;
  });
}

const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, Math.max(0, length - 1))}…` : text;
