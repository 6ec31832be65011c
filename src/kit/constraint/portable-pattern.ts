import { ProblemError } from '../../report/problem.ts';

/** Postgres refuses a higher count in `{m,n}`. */
const MAX_REPEAT = 255;

const LITERAL = String.raw`[^\\^$.|?*+()[\]{}]`;
const ESCAPED = String.raw`\\[\\^$.|?*+()[\]{}/nrtfv]`;
const CODE = String.raw`\\u(?!d[89a-f])[0-9a-f]{4}`;
const IN_CLASS = String.raw`(?:[^\\\][-]|${ESCAPED}|\\-|${CODE})`;
const CLASS = String.raw`\[(?!\^\])\^?-?(?:${IN_CLASS}(?:-${IN_CLASS})?)+-?\]`;
const REPEAT = String.raw`(?:[?*+]|\{\d{1,3}(?:,\d{0,3})?\})`;
const TOKEN = new RegExp(
  String.raw`^(?:(?<repeatable>${LITERAL}|${ESCAPED}|${CODE}|${CLASS})|(?<open>\((?:\?:)?)|(?<close>\))|(?<plain>[|^$])|(?<repeat>${REPEAT}))`,
  'iu',
);

/**
 * Returns the source of a pattern. Refuses a pattern that Postgres and JavaScript
 * interpret differently.
 *
 * Allowed: literal characters, escaped punctuation, `\n`, `\uXXXX`, `[a-z]`, `[^a-z]`,
 * groups, `|`, `?`, `*`, `+`, `{m,n}` up to 255, `^` and `$`. Refused, because
 * the two differ: `.` (a newline), `\d \w \s \b` (locale and Unicode), flags,
 * look-around, back-references, lazy quantifiers.
 */
export function portablePattern(regex: RegExp, object: string): string {
  const refuse = (found: string): never => {
    throw new ProblemError({
      code: 'kit/pattern-not-portable',
      message: `the pattern ${String(regex)} has ${found}, which Postgres and JavaScript interpret differently.`,
      object,
      fix: 'write it with literal characters, [a-z] classes, groups, |, ?, *, + and {m,n} up to 255.',
    });
  };
  // The flag `u` has no effect here: the validator always compiles with it.
  const flags = regex.flags.replace('u', '');
  if (flags !== '') refuse(`the flag "${flags}"`);

  let rest = regex.source;
  let depth = 0;
  let repeatable = false;
  while (rest !== '') {
    const token = TOKEN.exec(rest);
    if (!token?.groups) return refuse(`"${rest.slice(0, 12)}"`);
    const { open, close, repeat } = token.groups;
    if (repeat !== undefined) {
      if (!repeatable) refuse(`"${repeat}" with nothing to repeat`);
      const counts = repeat.match(/\d+/g) ?? [];
      if (counts.some((count) => Number(count) > MAX_REPEAT)) refuse(`a count over ${MAX_REPEAT}`);
    }
    if (open !== undefined) depth += 1;
    if (close !== undefined) depth -= 1;
    repeatable = token.groups['repeatable'] !== undefined || close !== undefined;
    rest = rest.slice(token[0].length);
  }
  if (depth !== 0) refuse('a group that is not closed');
  return regex.source;
}
