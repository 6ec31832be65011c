import type { PlannedTable } from './plan-table.ts';

/**
 * Every word in the `$type` texts except imported names: a row type with one of these names
 * would change their meaning.
 */
export function typeNamesIn(tables: readonly PlannedTable[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { columns } of tables) {
    for (const { custom } of columns.values()) {
      if (custom?.kind !== 'text') continue;
      for (const part of custom.parts) {
        if (typeof part !== 'string') continue;
        for (const word of part.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? [])
          words.add(word);
      }
    }
  }
  return words;
}
