/**
 * What a terminal obeys: control characters (`\p{Cc}`: C0, DEL and C1), and the
 * characters that change the direction of the text around them.
 */
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Makes text from a database, a registry or another server safe to print: each control
 * character becomes `\u001b` or the like. A line break is one too, so that no value can
 * forge a line.
 *
 * @example
 * escapeControls('a\u001b[2Jb'); // 'a\\u001b[2Jb'
 */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, escaped);
}

/** As {@link escapeControls}, for text of several lines: line breaks and tabs stay. */
export function escapeLines(text: string): string {
  return text.replace(CONTROLS, (one) => (one === '\n' || one === '\t' ? one : escaped(one)));
}

/**
 * A JSON document that is safe to print. `JSON.stringify` escapes C0 alone; the escapes
 * stand within strings, so that the document stays the same.
 */
export function escapedJson(value: unknown, indent?: number): string {
  return escapeLines(JSON.stringify(value, undefined, indent));
}

const escaped = (one: string): string => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
