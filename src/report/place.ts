/** A line of a source file. */
export interface Place {
  /** Absolute. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A file or folder that a problem refers to, with the name of the object there. */
export interface NamedPlace {
  /** Absolute, or as the caller passed it. */
  readonly file: string;
  /** From 1. Absent if the problem is about the whole file, or the line is unknown. */
  readonly line?: number;
  /** Name in the code: `posts.authorId`, `zero.tables.posts`. */
  readonly name?: string;
}
