/**
 * LIKE pattern for a prefix. Zero's escapeLike does not escape backslashes, and a backslash would
 * escape the next character.
 */
export const startsWith = (text: string): string => `${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
