const MAX_NAME_BYTES = 63;
const encoder = new TextEncoder();

/** A name as Postgres keeps it, and as it was written if that is longer. */
export function keptName(name: string): { readonly name: string; readonly cutFrom?: string } {
  const kept = cutName(name);
  return kept === name ? { name } : { name: kept, cutFrom: name };
}

/** The beginning of a name that Postgres keeps, with space for an ending. */
export function cutName(name: string, ending = ''): string {
  const limit = MAX_NAME_BYTES - ending.length;
  // Nearly all names are short, and a character has at most three bytes per UTF-16 unit.
  if (name.length * 3 <= limit) return name + ending;
  const bytes = encoder.encode(name);
  if (bytes.length <= limit) return name + ending;
  // Drops a character that does not fit completely.
  return new TextDecoder().decode(bytes.subarray(0, limit)).replace(/\uFFFD+$/, '') + ending;
}
