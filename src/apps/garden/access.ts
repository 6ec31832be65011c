import { defineAccess, or, role, type Access, type Rule } from '../../kit/index.ts';

/** Database role that user requests run as. The RLS policies apply to it. */
export const GARDEN_ROLE = 'garden_user';

const garden: Access<{}> = defineAccess({ role: GARDEN_ROLE });

/** Adds the garden's access rules to a table. */
export const access: typeof garden.access = garden.access;

/** Manages tags, soft-deletes and restores rows, and sees deleted rows. */
export const admin: Rule = role('admin');

/** Fills the catalogue and processes the queue. */
export const worker: Rule = role('worker');

/** Roles that also see deleted rows. */
export const staff: Rule = or(admin, worker);
