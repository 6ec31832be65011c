/** The files that a run used, as far as it got: when they change, it runs again. */
export interface Seen {
  readonly files: Set<string>;
  /** Folders where relevant new files may appear. */
  readonly folders: Set<string>;
  /** The patterns that were searched for files. */
  readonly lookups: Lookup[];
  /** Whether any new source file could be the missing file. */
  failed: boolean;
}

interface Lookup {
  /** The files that were found. */
  readonly found: readonly string[];
  // Only called by the watcher: a pattern may match many folders.
  files(): readonly string[];
  /** The folders where such files may appear. */
  folders(): readonly string[];
}

export const newSeen = (): Seen => ({
  files: new Set(),
  folders: new Set(),
  lookups: [],
  failed: false,
});
