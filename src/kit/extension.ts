/** A Postgres extension that the tables need. */
export interface Extension {
  readonly kind: 'extension';
  readonly name: string;
}

/**
 * Declares an extension. Export it beside the tables: the companion SQL creates
 * it where the server has it.
 *
 * @example
 * export const trigrams = extension('pg_trgm');
 */
export function extension(name: string): Extension {
  return Object.freeze({ kind: 'extension', name });
}
