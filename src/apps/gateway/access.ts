import { databaseRole, defineAccess, type Access, type DatabaseRole } from '../../kit/index.ts';
import { BACKEND_ROLE, GATEWAY_ROLE } from './database-roles.ts';

const gateway: Access<{}> = defineAccess({ role: GATEWAY_ROLE });

/** Adds access rules to a table of the app. */
export const access: typeof gateway.access = gateway.access;

/** Adds the rules of the backend to a table of the app. */
export const backend: DatabaseRole = databaseRole(BACKEND_ROLE);
