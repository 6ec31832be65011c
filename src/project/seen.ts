/** What a run looked at, as far as it came: another run follows when it changes. */
export interface Seen {
  readonly files: Set<string>;
  /** Folders where something may come that would take part. */
  readonly folders: Set<string>;
  /** What was looked for. */
  readonly lookups: Lookup[];
  /** Any source file that comes may be what was missing. */
  failed: boolean;
}

interface Lookup {
  /** What there was. */
  readonly found: readonly string[];
  // Asked only by who watches: a pattern may lead through many folders.
  files(): readonly string[];
  /** Where such files may come. */
  folders(): readonly string[];
}

export const newSeen = (): Seen => ({
  files: new Set(),
  folders: new Set(),
  lookups: [],
  failed: false,
});
