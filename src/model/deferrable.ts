/** When a deferrable constraint is checked, unless a transaction says otherwise. */
export type Deferrable = 'initially immediate' | 'initially deferred';
