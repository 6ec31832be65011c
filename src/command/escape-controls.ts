/**
 * Characters that a terminal executes: control characters (`\p{Cc}`: C0, DEL and C1),
 * line and paragraph separators, and characters that change the text direction.
 */
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Makes text from a database, a registry or another server safe to print: each control
 * character becomes an escape such as `\u001b`. Line breaks are escaped too, so that no
 * value can forge a line.
 *
 * @example
 * escapeControls('a\u001b[2Jb'); // 'a\\u001b[2Jb'
 */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, escaped);
}

/** Like {@link escapeControls}, but keeps line breaks and tabs, for multi-line text. */
export function escapeLines(text: string): string {
  return text.replace(CONTROLS, (one) => (one === '\n' || one === '\t' ? one : escaped(one)));
}

/**
 * A JSON document that is safe to print. `JSON.stringify` escapes only C0. The escapes
 * are inside strings, so the document is equivalent.
 */
export function escapedJson(value: unknown, indent?: number): string {
  return escapeLines(JSON.stringify(value, undefined, indent));
}

const escaped = (one: string): string => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
