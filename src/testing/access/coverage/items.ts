/** Whether a question was answered with yes or with no. Both are required. */
export type Verdict = 'allowed' | 'denied';

/** What a proof has to cover in addition to the combinations, each allowed and denied. */
const ITEM_NAMES = [
  'or of roles',
  'exists by two columns',
  'can by two columns',
  'can read',
  'not can read',
  'can insert',
  'not can insert',
  'can update',
  'not can update',
  'can delete',
  'not can delete',
  'a composite key',
  'an immutable column',
  'a key column',
  'an enum column',
  'a query through related rows',
  'a query with exists',
  'a query with or',
  'a query with not exists',
  'a query with a limit and an order',
  'a query with a start',
] as const;

export type ItemName = (typeof ITEM_NAMES)[number];

export const itemText = (name: ItemName, verdict: Verdict): string => `${name}, ${verdict}`;

/** Items that cannot be allowed. */
const NEVER_ALLOWED: ReadonlySet<ItemName> = new Set(['an immutable column', 'a key column']);

/** Every item with every verdict that it can have. */
export const ITEMS: readonly string[] = ITEM_NAMES.flatMap((name) =>
  NEVER_ALLOWED.has(name)
    ? [itemText(name, 'denied')]
    : [itemText(name, 'allowed'), itemText(name, 'denied')],
);
