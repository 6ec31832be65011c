/** A string as a formatter would leave it, in single quotes if those need no more escapes. */
export const quote = (text: string): string => requote(JSON.stringify(text).slice(1, -1));

/** The same of what stood between the quotes of a literal, its other escapes as they are. */
export function requote(inner: string): string {
  const count = (mark: string): number => inner.split(mark).length;
  const mark = count("'") > count('"') ? '"' : "'";
  const body = inner.replaceAll(/\\?(["'])|\\[^]/g, (found, bare: string | undefined) => {
    if (bare === undefined) return found;
    return bare === mark ? `\\${bare}` : bare;
  });
  return `${mark}${body}${mark}`;
}
