import { defineAccess, or, role, type Access, type Rule } from '../../kit/index.ts';

/** Whom the database takes people for: the role that the policies are for. */
export const GARDEN_ROLE = 'garden_user';

const garden: Access<{}> = defineAccess({ role: GARDEN_ROLE });

/** Puts the garden's access rules into a table. */
export const access: typeof garden.access = garden.access;

/** Manages tags, soft-deletes and restores, and sees what is deleted. */
export const admin: Rule = role('admin');

/** Fills the catalogue and works off the queue. */
export const worker: Rule = role('worker');

/** Those who also see what is deleted. */
export const staff: Rule = or(admin, worker);
