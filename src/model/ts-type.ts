/**
 * The TypeScript type of a column's values, from `$type<T>()`. It does not exist at run
 * time, so it is read from the source text, without a type checker.
 */
export type TsType =
  /**
   * Self-contained text, except for imported names. These are objects, so that the
   * printer can rename them to avoid clashes.
   */
  | { readonly kind: 'text'; readonly parts: readonly (string | TsImport)[] }
  /** Requires a type checker: print `(typeof table.$inferSelect)['column']`. */
  | { readonly kind: 'inferred' };

/** A type that another module exports. */
export interface TsImport {
  /** Name of the export; `default` for the default export, `*` for the namespace. */
  readonly name: string;
  /** Absolute path of a source file, or a package's specifier as written. */
  readonly from: { readonly file: string } | { readonly package: string };
}
