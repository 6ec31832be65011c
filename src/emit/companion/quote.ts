/** An identifier, safe in SQL. */
export const quoteName = (...parts: readonly string[]): string =>
  parts.map((part) => `"${part.replaceAll('"', '""')}"`).join('.');

/** A text literal, safe in SQL. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
