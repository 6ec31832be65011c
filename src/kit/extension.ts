/** A Postgres extension that the tables need. */
export interface Extension {
  readonly kind: 'extension';
  readonly name: string;
  /** Indexes that only exist where the extension does, by their names. */
  readonly indexes: Readonly<Record<string, string>>;
}

/**
 * Declares an extension. Export it beside the tables: the companion SQL creates
 * it where the server has it. An index that needs it belongs here and not in the
 * table, or a server without the extension would refuse the whole migration.
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
