import { readFileSync } from 'node:fs';
import type { Ignore } from '../../check/apply-ignores.ts';
import { parseTypescript } from '../../read/drizzle/source/parse-typescript.ts';

const MARK = 'garden-ignore';
const COMMENT = new RegExp(
  String.raw`^\s*${MARK}\b\s*(?<rule>[^\s:]*)\s*:?\s*(?<reason>.*?)\s*$`,
  's',
);

/** The comments `// garden-ignore RULE: reason` of source files. */
export const ignoreComments = (files: readonly string[]): readonly Ignore[] =>
  files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return text.includes(MARK) ? commentsIn(file, text) : [];
  });

/** One speaks of the line that it stands on, or else of the next line with code. */
export function commentsIn(file: string, text: string): readonly Ignore[] {
  const { comments } = parseTypescript(file, text, {});
  // Comments become spaces, so that what is left on a line is code.
  let code = text;
  for (const { start, end } of comments) {
    code = code.slice(0, start) + text.slice(start, end).replaceAll(/\S/g, ' ') + code.slice(end);
  }
  const lines = code.split('\n');
  return comments.flatMap(({ value, start }): readonly Ignore[] => {
    const { rule, reason } = COMMENT.exec(value)?.groups ?? {};
    if (rule === undefined || reason === undefined) return [];
    const own = text.slice(0, start).split('\n').length;
    const next = lines.findIndex((line, at) => at >= own - 1 && line.trim() !== '');
    const at = { file, line: own };
    return [{ rule, reason, at, target: { line: { file, line: next === -1 ? own : next + 1 } } }];
  });
}
