/**
 * A string literal as a formatter would write it: in single quotes unless double quotes
 * need fewer escapes.
 */
export const quote = (text: string): string => requote(JSON.stringify(text).slice(1, -1));

/** The same for the inner text of a literal; its other escapes are kept. */
export function requote(inner: string): string {
  const count = (mark: string): number => inner.split(mark).length;
  const mark = count("'") > count('"') ? '"' : "'";
  const body = inner.replaceAll(/\\?(["'])|\\[^]/g, (found, bare: string | undefined) => {
    if (bare === undefined) return found;
    return bare === mark ? `\\${bare}` : bare;
  });
  return `${mark}${body}${mark}`;
}
