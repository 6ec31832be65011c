/** A place in the source. */
export interface Place {
  /** Absolute. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A file or a folder that a problem points to, and what stands there. */
export interface NamedPlace {
  /** Absolute, or as the caller named it. */
  readonly file: string;
  /** From 1. Absent where the whole file is meant, or no line is known. */
  readonly line?: number;
  /** As its author knows it: `posts.authorId`, `zero.tables.posts`. */
  readonly name?: string;
}
