/** A Postgres extension that the tables need. */
export interface Extension {
  readonly kind: 'extension';
  readonly name: string;
  /** Indexes that exist only if the extension does, by name. */
  readonly indexes: Readonly<Record<string, string>>;
}

/**
 * Declares an extension. Export it from the schema: the companion SQL creates it if
 * the server has it. Declare an index that needs it here, not in the table: a server
 * without the extension would refuse the whole migration.
 *
 * @example
 * export const trigrams = extension('pg_trgm', {
 *   indexes: { idx_labels_name_trigrams: 'labels using gin (name gin_trgm_ops)' },
 * });
 */
export function extension(
  name: string,
  options: { readonly indexes?: Readonly<Record<string, string>> } = {},
): Extension {
  return Object.freeze({ kind: 'extension', name, indexes: options.indexes ?? {} });
}
