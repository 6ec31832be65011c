/** What to search for. All given conditions must hold. */
export interface PackageSearch {
  /** Words of the name and the description. The start of a word is enough. */
  readonly words?: string;
  readonly language?: string;
  /** Packages with at least one of these tags. */
  readonly anyTags?: readonly string[];
  /** Packages with all of these tags. */
  readonly allTags?: readonly string[];
  /** Packages with a file pattern that matches this path. */
  readonly path?: string;
  /** Packages whose metadata contain this value. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Packages whose metadata have this value at this path. */
  readonly metadataAt?: { readonly path: readonly string[]; readonly value: unknown };
  /** Packages of this category, and of those under it. */
  readonly categoryId?: string;
  /** `mine`, the default, or `all` that the principal may read. */
  readonly scope?: 'mine' | 'all';
  /** 1 to 100; 20 by default. */
  readonly pageSize?: number;
  /**
   * The last row of the page before. New rows do not shift such a page. The time may be the text
   * that JSON has.
   */
  readonly after?: {
    readonly id: string;
    readonly rank: number;
    readonly updatedAt: Date | string;
  };
  /** The number of rows before the page, instead of `after`: at most 10,000. */
  readonly offset?: number;
}
