import { defineAccess, type Access } from '../../kit/index.ts';
import { MCP_ROLE } from './role.ts';

const mcp: Access<{}> = defineAccess({ role: MCP_ROLE });

/** Adds access rules to a table of the app. */
export const access: typeof mcp.access = mcp.access;
