/** When a deferrable constraint is checked, unless a transaction overrides it. */
export type Deferrable = 'initially immediate' | 'initially deferred';
