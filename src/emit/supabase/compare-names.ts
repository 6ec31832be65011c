/** Fixed to English, so that the order is the same on every machine, as in Supabase's generator. */
const collator = new Intl.Collator('en');

/** The order of names in the generated types. */
export const compareNames = (a: string, b: string): number =>
  collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);

export const byName = <T extends { readonly name: string }>(items: readonly T[]): readonly T[] =>
  items.toSorted((a, b) => compareNames(a.name, b.name));
