/** The NULL tests in the condition of a partial index. */
export interface NullConditions {
  /** Columns that the condition requires to be NOT NULL. */
  readonly notNull: readonly string[];
  /** Columns that the condition requires to be NULL. */
  readonly null: readonly string[];
  /** Whether the condition consists of these tests only. */
  readonly complete: boolean;
}

const NAME = String.raw`(?:(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*)\.)*(?:"(?<quoted>(?:[^"]|"")+)"|(?<plain>[a-z_][a-z0-9_$]*))`;
const TEST = new RegExp(String.raw`^${NAME}\s+is\s+(?<not>not\s+)?null$`, 'i');

/**
 * Reads `a IS NOT NULL AND "notes"."b" IS NULL`, as written by hand or by Postgres. `complete` is
 * false if the condition contains anything else.
 */
export function nullConditions(sql: string): NullConditions {
  const tests = splitAnd(sql).map((part) => TEST.exec(withoutParentheses(part))?.groups);
  const columns = (negated: boolean): readonly string[] =>
    tests.flatMap((groups) => {
      if (groups === undefined || (groups['not'] !== undefined) !== negated) return [];
      const { quoted, plain } = groups;
      return quoted?.replaceAll('""', '"') ?? plain?.toLowerCase() ?? [];
    });
  return {
    notNull: columns(true),
    null: columns(false),
    complete: tests.every((groups) => groups !== undefined),
  };
}

/** The operands of the outermost AND of a condition. */
function splitAnd(sql: string): readonly string[] {
  const text = withoutParentheses(sql);
  let depth = 0;
  let start = 0;
  const parts: string[] = [];
  for (const { 0: token, index } of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]|\band\b/gi)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth > 0 || token.toLowerCase() !== 'and') continue;
    parts.push(text.slice(start, index));
    start = index + token.length;
  }
  parts.push(text.slice(start));
  return parts.length === 1 ? parts : parts.flatMap(splitAnd);
}

/** Removes parentheses around the whole condition. */
function withoutParentheses(sql: string): string {
  const text = sql.trim();
  if (!text.startsWith('(') || !text.endsWith(')')) return text;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]/g)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth === 0 && index < text.length - 1) return text;
  }
  return withoutParentheses(text.slice(1, -1));
}
