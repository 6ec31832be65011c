/**
 * A string literal as a formatter would write it: in single quotes unless double quotes
 * need fewer escapes.
 */
export const quote = (text: string): string => requote(JSON.stringify(text).slice(1, -1));

/** Quotes the inner text of a literal in the same way, and keeps its other escapes. */
export function requote(inner: string): string {
  const count = (mark: string): number => inner.split(mark).length;
  const mark = count("'") > count('"') ? '"' : "'";
  const body = inner.replaceAll(/\\?(["'])|\\[^]/g, (found, bare: string | undefined) => {
    if (bare === undefined) return found;
    return bare === mark ? `\\${bare}` : bare;
  });
  return `${mark}${body}${mark}`;
}
