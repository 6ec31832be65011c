const MAX_NAME_BYTES = 63;

/** A name as Postgres keeps it, and as it was written if that is longer. */
export function keptName(name: string): { readonly name: string; readonly cutFrom?: string } {
  const kept = cutName(name);
  return kept === name ? { name } : { name: kept, cutFrom: name };
}

/** The beginning of a name that Postgres keeps, with space for an ending. */
export function cutName(name: string, ending = ''): string {
  const limit = MAX_NAME_BYTES - ending.length;
  const bytes = new TextEncoder().encode(name);
  if (bytes.length <= limit) return name + ending;
  // Drops a character that does not fit completely.
  return new TextDecoder().decode(bytes.subarray(0, limit)).replace(/\uFFFD+$/, '') + ending;
}
