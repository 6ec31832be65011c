/** The most similar name, or undefined if none is similar. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const [nearest] = names
    .map((name) => ({ name, edits: name.startsWith(typed) ? 0 : countEdits(typed, name) }))
    .filter(({ name, edits }) => edits <= Math.max(2, name.length / 3))
    .toSorted((a, b) => a.edits - b.edits);
  return nearest?.name;
}

/** Levenshtein distance, one matrix row at a time. */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = row[column]! + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, row[column + 1]! + 1, next[column]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
