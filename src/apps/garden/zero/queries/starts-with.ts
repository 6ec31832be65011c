/**
 * The pattern of what begins with a text. Zero's escapeLike leaves the backslash as
 * it is, which then takes the meaning from the sign after it.
 */
export const startsWith = (text: string): string => `${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
