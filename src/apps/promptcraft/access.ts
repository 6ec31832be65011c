import { defineAccess, type Access } from '../../kit/index.ts';
import { PROMPTCRAFT_ROLE } from './role.ts';

const promptcraft: Access<{}> = defineAccess({ role: PROMPTCRAFT_ROLE });

/** Adds access rules to a table of the app. */
export const access: typeof promptcraft.access = promptcraft.access;
