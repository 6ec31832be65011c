/**
 * The TypeScript type of a column's values where `$type<T>()` gives one. It is
 * gone at run time, so it is taken from the source text, not from a type checker.
 */
export type TsType =
  /**
   * Text that stands alone but for the names that it imports; those stand in it
   * as objects, so that whoever prints it can name them apart.
   */
  | { readonly kind: 'text'; readonly parts: readonly (string | TsImport)[] }
  /** Cannot be said without a type checker: print `(typeof table.$inferSelect)['column']`. */
  | { readonly kind: 'inferred' };

/** A type that another module exports. */
export interface TsImport {
  /** As that module exports it; `default` for its default export, `*` for all of it. */
  readonly name: string;
  /** An absolute path of a source file, or a package's specifier as it was written. */
  readonly from: { readonly file: string } | { readonly package: string };
}
