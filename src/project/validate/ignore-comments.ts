import { readFileSync } from 'node:fs';
import type { Ignore } from '../../check/apply-ignores.ts';
import { parseTypescript } from '../../read/drizzle/source/parse-typescript.ts';
import type { SqlFile } from '../../read/sql/run-sql.ts';
import { sqlComments } from '../../read/sql/sql-comments.ts';

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

/** A comment applies to its own line if that has code, otherwise to the next line with code. */
export const commentsIn = (file: string, text: string): readonly Ignore[] =>
  ignoresIn(file, text, parseTypescript(file, text, {}).comments);

/** The comments `-- garden-ignore RULE: reason` of SQL files. */
export const sqlIgnoreComments = (files: readonly SqlFile[]): readonly Ignore[] =>
  files.flatMap(({ file, text }) =>
    text.includes(MARK) ? ignoresIn(file, text, sqlComments(text)) : [],
  );

interface Comment {
  /** Without its marks. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

function ignoresIn(file: string, text: string, comments: readonly Comment[]): readonly Ignore[] {
  // Replaces comments by spaces, so that only code is left.
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of comments) {
    parts.push(text.slice(at, start), text.slice(start, end).replaceAll(/\S/g, ' '));
    at = end;
  }
  const lines = [...parts, text.slice(at)].join('').split('\n');
  return comments.flatMap(({ value, start }): readonly Ignore[] => {
    const { rule, reason } = COMMENT.exec(value)?.groups ?? {};
    if (rule === undefined || reason === undefined) return [];
    const own = text.slice(0, start).split('\n').length;
    const next = lines.findIndex((line, index) => index >= own - 1 && line.trim() !== '');
    return [
      {
        rule,
        reason,
        at: { file, line: own },
        target: { line: { file, line: next === -1 ? own : next + 1 } },
      },
    ];
  });
}
