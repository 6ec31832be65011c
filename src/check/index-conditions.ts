/** A condition of a partial index, as far as it is about NULL. */
export interface NullConditions {
  /** Columns that the condition requires to be set. */
  readonly notNull: readonly string[];
  /** Columns that the condition requires to be NULL. */
  readonly null: readonly string[];
  /** The condition says nothing else. */
  readonly complete: boolean;
}

const NAME = String.raw`(?:(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*)\.)*(?:"(?<quoted>(?:[^"]|"")+)"|(?<plain>[a-z_][a-z0-9_$]*))`;
const TEST = new RegExp(String.raw`^${NAME}\s+is\s+(?<not>not\s+)?null$`, 'i');

/**
 * Reads `a IS NOT NULL AND "notes"."b" IS NULL`, as an author or Postgres writes it.
 * Of a condition with anything else in it, only `complete` is false.
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

/** The parts of a condition that AND joins at its top. */
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

/** Without parentheses around the whole. */
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
