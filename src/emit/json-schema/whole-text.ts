/** Escapes and classes that may match a newline. */
const MAY_MATCH_NEWLINE = /\\[nrtfv]|\\u00[01]|[\0-\u001f]|\[\^/;

/**
 * Whether the pattern describes the whole text, and no text with a newline matches it. The
 * answer may be no for such a pattern, but yes is certain.
 */
export function isWholeText(pattern: string): boolean {
  if (!/^\^.*(?<!\\)\$$/.test(pattern) || MAY_MATCH_NEWLINE.test(pattern)) return false;
  let depth = 0;
  for (const [token] of pattern.matchAll(/\\.|\[(?:\\.|[^\\\]])*\]|[()|]/g)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (token === '|' && depth === 0) return false;
  }
  return true;
}
