import { defineAccess } from '@techgarden/schema/kit';

/**
 * Rules for tables. They read the claims of a user's token: `sub`, the user's id, and
 * `roles`. Declare others here: `defineAccess({ claims: { team: 'uuid' } })`.
 */
export const { access, claims } = defineAccess();
